import { html, type Markup, type Part } from "./markup.js";

export interface TableColumn<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Part;
  /** Numbers stand at the right. */
  readonly isNumber?: boolean;
  readonly isLong?: boolean;
}

export interface TableText {
  readonly caption: Part;
  /** For who hears the page: what the box that scrolls is. */
  readonly label: string;
}

/** A table that scrolls within itself where the page is narrow; the first column heads its rows. */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  text: TableText,
): Markup {
  const heads = columns.map((column) => html`<th scope="col"${classOf(column)}>${column.title}</th>`);
  const body = rows.map(
    (row) => html`<tr>${columns.map((column, index) => cellOf(row, column, index === 0))}</tr>\n`,
  );
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${text.label}"><table>
<caption>${text.caption}</caption><thead><tr>${heads}</tr></thead><tbody>
${body}</tbody></table></div>`;
}

function cellOf<Row>(row: Row, column: TableColumn<Row>, isHead: boolean): Markup {
  const cell = column.cell(row);
  return isHead ? html`<th scope="row">${cell}</th>` : html`<td${classOf(column)}>${cell}</td>`;
}

function classOf({ isNumber, isLong }: Pick<TableColumn<never>, "isNumber" | "isLong">): Markup {
  return isNumber === true ? html` class="number"` : isLong === true ? html` class="long"` : html``;
}
