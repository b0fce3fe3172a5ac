import type { Change, TrendRow } from "../../model/history.js";
import { escapeHtml } from "../page/escape.js";
import { commitWords, logCommand, timeTag } from "./since-text.js";
import { nameHtml, type ShownRow } from "./trend-row.js";

interface Dated {
  readonly change: Change;
  readonly row: TrendRow;
  readonly id: string;
}

/** Every leak that came and every one that went within the axis, newest first. */
export function changesList(
  shown: readonly ShownRow[],
  { axis, year }: Pick<ShownRow, "axis" | "year">,
): string {
  const dated = shown.flatMap(({ standing: { row }, id }) =>
    row.changes.map((change) => ({ change, row, id })),
  );
  const within = dated.filter(({ change }) => change.night >= (axis[0] ?? ""));
  const sorted = within.sort((a, b) =>
    a.change.night < b.change.night ? 1 : a.change.night > b.change.night ? -1 : 0,
  );
  if (sorted.length === 0) return "<p>Nothing changed in these nights.</p>";
  return `<ol class="changes">${sorted.map((each) => item(each, year)).join("\n")}</ol>`;
}

function item({ change, row, id }: Dated, year: number): string {
  const kind = change.kind === "leak" ? "leak" : "fixed";
  const criteria = change.criteria.map(escapeHtml).join(", ");
  const command = logCommand(change);
  const log = command === undefined ? "" : `<br><code class="quiet">${command}</code>`;
  return `<li>${timeTag(change.night, year)} <strong class="${change.kind}">${kind}</strong> <span><a href="#${id}">${nameHtml(row)}</a>: ${criteria}${commitWords(change)}${log}</span></li>`;
}
