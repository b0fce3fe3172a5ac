import type { Growth } from "../model/watching.js";

export interface GrowthPoint {
  readonly atMs: number;
  readonly value: number;
}

/** Strictly rising minima of so many stretches of time: of noise alone once in 6! = 720. */
const stretches = 6;
/** What moves less than this in all is no news. */
const leastCount = stretches;
/** A young heap takes this much before it first collects. */
const leastBytes = 32 * 1024 * 1024;
const leastShare = 0.1;

/**
 * Whether a level rises throughout: the time is cut into equal stretches, and the least of each is above the least of
 * the one before. What a load moves up and down has no rising floor; a pool that has filled stops having one.
 */
export function growthOf(
  points: readonly GrowthPoint[],
  unit: Growth["unit"],
): Pick<Growth, "from" | "to" | "overMs"> | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < stretches) return undefined;
  const floors = floorsOf(points);
  const rises = floors.every((floor, index) => index === 0 || floor > (floors[index - 1] ?? floor));
  const risen = last.value - first.value;
  const least = unit === "count" ? leastCount : Math.max(leastBytes, leastShare * first.value);
  if (!rises || risen < least) return undefined;
  return { from: first.value, to: last.value, overMs: last.atMs - first.atMs };
}

function floorsOf(points: readonly GrowthPoint[]): number[] {
  const edge = (stretch: number): number => Math.floor((stretch * points.length) / stretches);
  return Array.from({ length: stretches }, (_, stretch) =>
    points
      .slice(edge(stretch), edge(stretch + 1))
      .reduce((least, { value }) => Math.min(least, value), Infinity),
  );
}
