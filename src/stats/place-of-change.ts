import { median } from "./median.js";

/**
 * Where exactly the level changes, when it is known to within some values: the split that leaves the least
 * sum of absolute distances from the levels before and after.
 * Source: J. Bai, Econometric Theory 11 (1995) 403–436 (least absolute deviations).
 * @param near index that is less than `within` from the change, and at least that from both ends
 * @returns index of the first value of the new level
 * @throws RangeError for NaN.
 */
export function placeOfChange(values: readonly number[], near: number, within: number): number {
  const from = near - within;
  const before = median(values.slice(Math.max(0, from - within), from + 1)) ?? 0;
  const after = median(values.slice(near + within - 1, near + 2 * within)) ?? 0;
  let best = from;
  let least = 0;
  let sum = 0;
  for (const [index, value] of values.slice(from, near + within).entries()) {
    sum += Math.abs(value - before) - Math.abs(value - after);
    if (sum < least) {
      least = sum;
      best = from + index + 1;
    }
  }
  return best;
}
