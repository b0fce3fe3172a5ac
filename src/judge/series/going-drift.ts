import { type Drift, driftOf } from "../../stats/drift.js";
import { type Jump, jumpsOf } from "./jumps.js";
import type { Prepared } from "./prepared.js";

/** Longest time constants of what may still die away, as shares of the run: a pool that fills, a heap that warms up. */
const longestFilling = 1 / 4;
const longestWarmUp = 1 / 3;
/** Counts are rounded: the variance of a uniform error of one. */
const roundingVariance = 1 / 12;
/** Of bytes without any noise the fit's own rounding would be taken for it: at least this share of their range is. */
const leastNoiseShare = 1e-6;

/** Each takes a parameter: a series that begins anew more often than this cannot be judged by its slope. */
const mostJumps = 12;

/** The slope at which a level under noise goes on, and where the level began anew. */
export interface GoingDrift {
  readonly drift: Drift;
  readonly jumps: readonly Jump[];
  /** Of the jumps and restarts among the points. */
  readonly places: readonly number[];
}

/**
 * @param restarts operations after which the level began anew, as a restarted process does
 * @returns undefined for too few points.
 */
export function goingDrift(prepared: Prepared, restarts: readonly number[]): GoingDrift | undefined {
  const jumps = jumpsOf(prepared.points);
  const places = placesOf(prepared, jumps, restarts);
  const drift = driftOf(prepared.points, {
    jumps: places,
    leastVariance: leastVarianceOf(prepared),
    longestTransient: prepared.series.kind === "count" ? longestFilling : longestWarmUp,
  });
  return drift && { drift, jumps, places };
}

/** Where the level may begin anew: indices of points, in order. */
function placesOf({ points }: Prepared, jumps: readonly Jump[], restarts: readonly number[]): number[] {
  const begun = restarts.map((operations) => points.findIndex(({ x }) => x >= operations));
  const places = new Set([...jumps.map(({ index }) => index), ...begun.filter((index) => index > 0)]);
  return [...places].toSorted((a, b) => a - b).slice(0, mostJumps);
}

function leastVarianceOf({ series, points }: Prepared): number {
  if (series.kind === "count") return roundingVariance;
  const ys = points.map(({ y }) => y).toSorted((a, b) => a - b);
  return (leastNoiseShare * ((ys.at(-1) ?? 0) - (ys[0] ?? 0))) ** 2;
}
