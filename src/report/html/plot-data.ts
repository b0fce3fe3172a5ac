import type { CriterionId, CriterionVerdict } from "../../model/verdict.js";

/** What one plot is drawn from, in the page as in its script. Arrays of one plot are parallel. */
export interface PlotData {
  readonly id: CriterionId;
  readonly name: string;
  readonly verdict: CriterionVerdict;
  readonly unit: "count" | "bytes";
  /** What `operations` counts. */
  readonly counts: "operations" | "seconds";
  /** Nobody paced the load: the points were taken in the midst of it. */
  readonly isWatch: boolean;
  readonly batch: readonly number[];
  readonly operations: readonly number[];
  /** Since the baseline. */
  readonly atMs: readonly number[];
  readonly value: readonly number[];
  /** Points that there are, of which those above are drawn. */
  readonly of: number;
  readonly baseline: number | null;
  /** Looks after the drain, in order. */
  readonly drain: readonly number[];
  readonly limit: { readonly value: number; readonly name: string | null } | null;
  readonly line: FittedLine | null;
  readonly looks: Looks | null;
}

/** The growth that the verdict tells, as a line: what is held at `at` is `level`, and the interval turns around there. */
export interface FittedLine {
  /** What the rates count: operations (in a watch seconds), or milliseconds where time drives the growth. */
  readonly per: "operations" | "ms";
  readonly at: number;
  readonly level: number;
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  /** The first point that it is drawn at. */
  readonly from: number;
}

/** Under load, once a second: not what is judged. */
export interface Looks {
  readonly name: string;
  readonly atMs: readonly number[];
  readonly value: readonly number[];
  readonly of: number;
}

/** What the line and its interval come to at a place. */
export function lineAt(
  { at, level, rate, low, high }: FittedLine,
  x: number,
): { readonly value: number; readonly low: number; readonly high: number } {
  const ends = [level + low * (x - at), level + high * (x - at)];
  return { value: level + rate * (x - at), low: Math.min(...ends), high: Math.max(...ends) };
}
