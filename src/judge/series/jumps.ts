import { median } from "../../stats/median.js";
import type { Point } from "../../stats/theil-sen.js";

export interface Jump {
  /** Index of the first point at the new level. */
  readonly index: number;
  readonly size: number;
}

const threshold = 5;
const madToDeviation = 1.4826;
/** Points on each side that must agree that the level has changed. */
const reach = 3;
/** Share of a jump that must remain in the level. */
const lastingShare = 0.6;
const fewestPoints = 10;
/** A level that jumps more often moves by jumps, and no jump of it is one-off. */
const mostJumps = 6;

/**
 * Where the level jumps within one point and stays: differences far outside the others (in robust standard
 * deviations), which the medians before and after confirm.
 */
export function jumpsOf(points: readonly Point[]): readonly Jump[] {
  if (points.length < fewestPoints) return [];
  const ys = points.map(({ y }) => y);
  const steps = ys.slice(1).map((y, index) => y - (ys[index] ?? y));
  const middle = median(steps) ?? 0;
  const spread = madToDeviation * (median(steps.map((step) => Math.abs(step - middle))) ?? 0);
  if (spread === 0) return [];
  const jumps = steps.flatMap((step, before) => {
    const index = before + 1;
    if (Math.abs(step - middle) <= threshold * spread || !lasts(ys, index, step)) return [];
    return [{ index, size: step }];
  });
  return jumps.length > mostJumps ? [] : jumps;
}

function lasts(ys: readonly number[], index: number, step: number): boolean {
  const before = median(ys.slice(Math.max(0, index - reach), index)) ?? 0;
  const after = median(ys.slice(index, index + reach)) ?? 0;
  return (after - before) / step >= lastingShare;
}
