import { median } from "./median.js";
import type { Point } from "./theil-sen.js";

/**
 * At most `most` points in place of many: the medians of x and of y over equal blocks of neighbours in x.
 * Outliers that are fewer than half of each block leave no trace.
 * @param most at least 1
 * @returns the points themselves when there are no more than that; fewer points never are spread out.
 * @throws RangeError for NaN.
 */
export function blockMedians(points: readonly Point[], most: number): readonly Point[] {
  if (points.length <= most) return points;
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const size = Math.ceil(points.length / most);
  const count = Math.ceil(points.length / size);
  return Array.from({ length: count }, (_, index) => {
    const block = sorted.slice(index * size, (index + 1) * size);
    return { x: median(block.map(({ x }) => x)) ?? 0, y: median(block.map(({ y }) => y)) ?? 0 };
  });
}
