import { median } from "./median.js";

/** What makes the median absolute deviation of normal noise its standard deviation: 1 / Φ⁻¹(3/4). */
export const normalMadFactor = 1.4826022185056018;

/**
 * The median absolute deviation from the median: a spread that up to half of outliers do not blow up.
 * In the units of the values; times `normalMadFactor` it is the standard deviation of normal noise.
 * Source: F. R. Hampel, J. Am. Stat. Assoc. 69 (1974) 383–393.
 * @returns undefined for no values.
 * @throws RangeError for NaN.
 */
export function mad(values: readonly number[]): number | undefined {
  const middle = median(values);
  if (middle === undefined) return undefined;
  return median(values.map((value) => Math.abs(value - middle)));
}
