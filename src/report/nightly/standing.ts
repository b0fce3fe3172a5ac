import type { NightResult, TrendRow, TrendState } from "../../model/history.js";

/** A row as it stands after the newest night. */
export interface Standing {
  readonly row: TrendRow;
  readonly state: TrendState;
  /** The newest night on which it ran. */
  readonly last: NightResult | undefined;
  readonly ranLastNight: boolean;
}

/** What a reader looks for first. */
export const order: readonly TrendState[] = ["new", "still", "fixed", "unclear", "quarantined", "ok"];

/** News of an older night are none any more: what was new leaks still, what was fixed is well. */
const stale: Readonly<Partial<Record<TrendState, TrendState>>> = { new: "still", fixed: "ok" };

export function standingOf(row: TrendRow, lastNight: string | undefined): Standing {
  const last = row.nights.at(-1);
  const ranLastNight = last !== undefined && last.night === lastNight;
  const state = ranLastNight ? row.state : (stale[row.state] ?? row.state);
  return { row, state, last, ranLastNight };
}

/** As they are shown: by state, then by name. */
export function inOrder(standings: readonly Standing[]): readonly Standing[] {
  const place = ({ state }: Standing): number => order.indexOf(state);
  return [...standings].sort((a, b) => place(a) - place(b) || compare(nameOf(a.row), nameOf(b.row)));
}

export function nameOf({ target, scenario }: TrendRow): string {
  return `${target} / ${scenario}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
