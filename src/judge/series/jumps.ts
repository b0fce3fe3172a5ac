import { normalMadFactor } from "../../stats/mad.js";
import { median } from "../../stats/median.js";
import type { Point } from "../../stats/theil-sen.js";

export interface Jump {
  /** Index of the first point at the new level. */
  readonly index: number;
  readonly size: number;
}

const threshold = 5;
/** Times the usual step around it. */
const standsOut = 2.5;
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
  const steps = stepsOf(points);
  const spread = normalMadFactor * (median(steps.map(Math.abs)) ?? 0);
  if (spread === 0) return [];
  const jumps = steps.flatMap((step, before) => {
    const index = before + 1;
    if (
      Math.abs(step) <= Math.max(threshold * spread, standsOut * around(steps, before)) ||
      !lasts(ys, index, step)
    )
      return [];
    return [{ index, size: step }];
  });
  return jumps.length > mostJumps ? [] : jumps;
}

/** The usual size of the steps beside one: in a steep stretch each is large, and none is a jump. */
function around(steps: readonly number[], index: number): number {
  const near = steps.slice(Math.max(0, index - reach), index + reach + 1).map(Math.abs);
  return median(near) ?? 0;
}

/** From each point to the next, less what the usual slope explains. */
function stepsOf(points: readonly Point[]): number[] {
  const pairs = points.slice(1).map(({ x, y }, index) => {
    const before = points[index] ?? { x, y };
    return { length: x - before.x, rise: y - before.y };
  });
  const slope =
    median(pairs.filter(({ length }) => length > 0).map(({ length, rise }) => rise / length)) ?? 0;
  return pairs.map(({ length, rise }) => rise - slope * length);
}

function lasts(ys: readonly number[], index: number, step: number): boolean {
  const before = median(ys.slice(Math.max(0, index - reach), index)) ?? 0;
  const after = median(ys.slice(index, index + reach)) ?? 0;
  return (after - before) / step >= lastingShare;
}
