import { requireNumbers } from "./require-numbers.js";

/**
 * The value below which the given share of the values lies, on the straight line between the two
 * neighbours: type 7 of Hyndman and Fan, as R, numpy and spreadsheets have it.
 * Source: R. J. Hyndman, Y. Fan, Am. Stat. 50 (1996) 361–365.
 * @param share from 0 (the least value) to 1 (the greatest)
 * @returns undefined for no values.
 * @throws RangeError for NaN, or a share outside of [0, 1].
 */
export function quantile(values: readonly number[], share: number): number | undefined {
  requireNumbers(values, "values");
  if (!(share >= 0 && share <= 1)) throw new RangeError(`share ${share} is not from 0 to 1`);
  const sorted = Float64Array.from(values).sort();
  const place = (sorted.length - 1) * share;
  const lower = sorted[Math.floor(place)];
  const upper = sorted[Math.ceil(place)];
  if (lower === undefined || upper === undefined) return undefined;
  return lower === upper ? lower : lower + (place - Math.floor(place)) * (upper - lower);
}
