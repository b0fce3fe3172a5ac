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

/** @returns undefined for a count that swings. */
export function risesOf({ points, start }: Prepared): Rises | undefined {
  const increments: Increment[] = [];
  let falls = 0;
  for (let index = 1; index < points.length; index++) {
    const [before, now] = [points[index - 1], points[index]];
    if (!before || !now) continue;
    const units = now.y - before.y;
    if (units >= 0) increments.push({ from: before.x, to: now.x, units });
    else if (isFall(before, now, start)) falls++;
    else return undefined;
  }
  return falls > points.length / pointsPerFall ? undefined : { increments, falls };
}

function isFall(before: Point, now: Point, start: number): boolean {
  const drop = before.y - now.y;
  return drop >= leastFall && drop >= fallShare * (before.y - start);
}
