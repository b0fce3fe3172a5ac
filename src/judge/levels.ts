import type { Snapshot } from "../model/snapshot.js";
import type { Point } from "../stats/theil-sen.js";
import type { RunView } from "./run-view.js";

/** A quantity over the quiescent points, where there are no identities but only a level. */
export interface Levels {
  /** Lowest of the looks. */
  readonly baseline: number;
  /** x: operations ended; y: the level. */
  readonly points: readonly Point[];
  /** Lowest of the looks after the drain. */
  readonly end: number | undefined;
}

/** @returns undefined when the baseline or the drain cannot be read. */
export function levelsOf(
  view: RunView,
  level: (snapshot: Snapshot) => number | undefined,
): Levels | undefined {
  const baseline = readable(view.baseline, level);
  const drain = readable(view.drain, level);
  if (baseline.length === 0 || (drain.length === 0 && view.drain.length > 0)) return undefined;
  return {
    baseline: lowest(baseline),
    points: readable(view.batches, level),
    end: drain.length === 0 ? undefined : lowest(drain),
  };
}

function readable(
  snapshots: readonly Snapshot[],
  level: (snapshot: Snapshot) => number | undefined,
): Point[] {
  return snapshots.flatMap((snapshot) => {
    const y = level(snapshot);
    return y === undefined ? [] : [{ x: snapshot.operations, y }];
  });
}

function lowest(points: readonly Point[]): number {
  return points.reduce((least, { y }) => Math.min(least, y), Number.POSITIVE_INFINITY);
}

/** The sum over all that is asked for; undefined when one of them is missing. */
export function sumOf(values: readonly (number | null | undefined)[]): number | undefined {
  if (values.length === 0 || values.some((value) => typeof value !== "number")) return undefined;
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
