import type { NightResult, TrendRow } from "../../model/history.js";

/** Every night on which anything ran, oldest first, the last `count` of them: what all strips are drawn over. */
export function nightAxis(rows: readonly TrendRow[], count: number): readonly string[] {
  const all = new Set(rows.flatMap((row) => row.nights.map(({ night }) => night)));
  return [...all].sort().slice(-count);
}

/** What the row did on each night of the axis; undefined = it did not run. */
export function alongAxis(row: TrendRow, axis: readonly string[]): readonly (NightResult | undefined)[] {
  const byNight = new Map(row.nights.map((result) => [result.night, result]));
  return axis.map((night) => byNight.get(night));
}
