import type { Rigour, Series, SeriesVerdict } from "../model/series.js";
import type { Verdict } from "../model/verdict.js";
import { judgeSeries } from "./judge-series.js";

/** One of several series of the same resource: of one place in the tree, or of all of it. */
export interface Level {
  readonly series: Series;
  /** `the whole tree`, or `pid 4127 node server.js`. */
  readonly of: string;
  readonly restarts: readonly number[];
}

export interface JudgedLevel<T extends Level> {
  readonly level: T;
  readonly verdict: SeriesVerdict;
}

const gravity: readonly Verdict[] = ["fail", "inconclusive", "unchecked", "pass"];

/** Judges each, with the gravest first: one that grows is not hidden by others that shrink. */
export function judgeLevels<T extends Level>(levels: readonly T[], rigour: Rigour): JudgedLevel<T>[] {
  return levels
    .map((level) => ({ level, verdict: judgeSeries(level.series, rigour, level.restarts) }))
    .toSorted(byGravity);
}

/** The gravest first. */
export function byGravity(
  { verdict: a }: Pick<JudgedLevel<Level>, "verdict">,
  { verdict: b }: Pick<JudgedLevel<Level>, "verdict">,
): number {
  return gravity.indexOf(a.verdict) - gravity.indexOf(b.verdict);
}

export interface Sizes {
  /** The lowest of the looks. */
  readonly baseline: number;
  readonly values: readonly number[];
  /** The lowest of the looks after the drain; without a drain the last point. */
  readonly end: number | undefined;
}

export function sizesOf({ baseline, points, drain }: Series): Sizes {
  const values = points.map(({ value }) => value);
  const end = drain.length > 0 ? Math.min(...drain) : values.at(-1);
  return { baseline: Math.min(...baseline), values, end };
}
