import { driftOf } from "../../src/stats/drift.js";
import type { Point } from "../../src/stats/theil-sen.js";

export function pointsOf(count: number, y: (x: number) => number): Point[] {
  return Array.from({ length: count }, (_, x) => ({ x, y: y(x) }));
}

/** The drift of what must have one. */
export function known(...args: Parameters<typeof driftOf>) {
  const drift = driftOf(...args);
  if (!drift) throw new Error("no drift");
  return drift;
}

export function intervalOf(
  points: readonly Point[],
  options: Parameters<typeof driftOf>[1] = {},
): [number, number] {
  const { slope } = known(points, options);
  return [slope.quantile(0.025), slope.quantile(0.975)];
}
