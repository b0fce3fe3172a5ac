import { requireNumbers } from "./require-numbers.js";
import type { Point } from "./theil-sen.js";

/**
 * The lowest point of each window of `size` consecutive points: the floor under a sawtooth. Windows end
 * with the last point; points at the start that do not fill one are left out, since the minimum
 * of fewer points lies higher.
 * @param size whole, at least 1
 * @returns the lowest points with their own x, the first of equals; none when there are fewer points than `size`
 * @throws RangeError for NaN, or another size.
 */
export function windowedMinima(points: readonly Point[], size: number): Point[] {
  if (!(Number.isInteger(size) && size >= 1))
    throw new RangeError(`size ${size} is not a whole number above 0`);
  requireNumbers(
    points.map(({ x }) => x),
    "x",
  );
  requireNumbers(
    points.map(({ y }) => y),
    "y",
  );
  const minima: Point[] = [];
  for (let start = points.length % size; start < points.length; start += size) {
    minima.push(
      points.slice(start, start + size).reduce((least, point) => (point.y < least.y ? point : least)),
    );
  }
  return minima;
}
