import Table from "cli-table3";

/** Below this a table is harder to read than a list. */
export const narrowestTable = 80;

/** No borders: they would take the columns that the numbers need. */
const frame = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: " ",
};

/** Indented by two, two spaces between the columns. A cell may have several lines. */
export function tableLines(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const style = { head: [], border: [], "padding-left": 0 };
  const table = new Table({ head: [...head], chars: frame, style });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split("\n")
    .map((line) => `  ${line}`.trimEnd());
}
