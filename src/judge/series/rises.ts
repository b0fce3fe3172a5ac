import type { Point } from "../../stats/theil-sen.js";
import type { Increment } from "../../stats/lasting-rate.js";
import type { Prepared } from "./prepared.js";

/** A count that only rises, but for falls back to where it began. */
export interface Rises {
  readonly increments: readonly Increment[];
  /** Number of falls: restarts, or a collector. */
  readonly falls: number;
}

/** A fall gives back at least this share of what had come. */
const fallShare = 0.5;
const leastFall = 3;
/** More falls than one in so many points are a swinging count. */
const pointsPerFall = 5;

/** One point in so many may stand out from both of its neighbours. */
const pointsPerOddOne = 12;

/** @returns undefined for a count that swings. */
export function risesOf({ points, start }: Prepared): Rises | undefined {
  const even = withoutOddOnes(points, start);
  const increments: Increment[] = [];
  let falls = 0;
  for (let index = 1; index < even.length; index++) {
    const [before, now] = [even[index - 1], even[index]];
    if (!before || !now) continue;
    const units = now.y - before.y;
    if (units >= 0) increments.push({ from: before.x, to: now.x, units });
    else if (isFall(before, now, start)) falls++;
    else return undefined;
  }
  return falls > points.length / pointsPerFall ? undefined : { increments, falls };
}

/** Leaves out single points that are too high or too low for a rise that goes on after them, if they are few. */
function withoutOddOnes(points: readonly Point[], start: number): readonly Point[] {
  const kept: Point[] = [];
  for (const [index, point] of points.entries()) {
    const [before, after] = [kept.at(-1), points[index + 1]];
    if (!before || !after || !isOdd([before, point, after], start)) kept.push(point);
  }
  return points.length - kept.length > Math.max(1, points.length / pointsPerOddOne) ? points : kept;
}

function isOdd([before, point, after]: readonly [Point, Point, Point], start: number): boolean {
  if (after.y < before.y) return false;
  if (point.y < before.y) return !isFall(before, point, start) || after.y > before.y;
  return point.y > after.y;
}

function isFall(before: Point, now: Point, start: number): boolean {
  const drop = before.y - now.y;
  return drop >= leastFall && drop >= fallShare * (before.y - start);
}
