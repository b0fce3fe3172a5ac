import type { Row } from "./tally.js";

export interface MissedBar {
  readonly where: string;
  readonly what: string;
  readonly share: number;
  readonly bar: number;
  /** More than the bar, but a bar that holds shows as much now and then. */
  readonly byChance: boolean;
}
export function missedBars(rows: readonly Row[]): readonly MissedBar[];
export function atLeast(hits: number, cases: number, p: number): number;
