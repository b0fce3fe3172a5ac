import type { SeriesPoint } from "../model/series.js";

/** So many windows at least: enough for a trend, and each wide enough to hold a quiet moment. */
const windows = 24;

export interface Floors {
  readonly points: readonly SeriesPoint[];
  /** As of the points given, moved to the windows. */
  readonly restarts: readonly number[];
}

/**
 * The lowest of every k = max(1, ⌊n/24⌋) consecutive points, where it was: memory is noise above a floor,
 * and the floor is what is kept. No window reaches over a restart. All windows of a stretch are alike in
 * size within one point: a shorter last one would have a higher floor, and look like growth.
 * @param restarts indices of points, as of `LevelSlot.restarts`
 */
export function floorsOf(points: readonly SeriesPoint[], restarts: readonly number[] = []): Floors {
  const size = Math.max(1, Math.floor(points.length / windows));
  const bounds = [0, ...restarts.filter((index) => index > 0 && index < points.length), points.length];
  const lowest: SeriesPoint[] = [];
  const marks = restarts.includes(0) ? [0] : [];
  for (const [index, start] of bounds.slice(0, -1).entries()) {
    if (index > 0) marks.push(lowest.length);
    lowest.push(...minima(points.slice(start, bounds[index + 1]), size));
  }
  const isLate = points.length > 0 && restarts.includes(points.length);
  return { points: lowest, restarts: isLate ? [...marks, lowest.length] : marks };
}

function minima(points: readonly SeriesPoint[], size: number): SeriesPoint[] {
  const count = Math.max(1, Math.floor(points.length / size));
  const bound = (index: number): number => Math.floor((index * points.length) / count);
  return Array.from({ length: count }, (_, index) =>
    lowestOf(points.slice(bound(index), bound(index + 1))),
  ).filter((point) => point !== undefined);
}

function lowestOf(points: readonly SeriesPoint[]): SeriesPoint | undefined {
  return points.reduce<SeriesPoint | undefined>(
    (least, point) => (least === undefined || point.value < least.value ? point : least),
    undefined,
  );
}
