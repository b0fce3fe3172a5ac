import { autocovariance } from "./autocovariance.js";
import { meanVariance } from "./mean-variance.js";

/**
 * As how many independent values these count when their mean is taken: about n (1 − ρ) / (1 + ρ) for noise of
 * which each value remembers the share ρ of the one before. More than n when neighbours
 * make up for one another.
 * Source: `meanVariance`; H. J. Thiébaux, F. W. Zwiers, J. Clim. Appl. Meteorol. 23 (1984) 800–811.
 * @returns n when all values are the same or there are fewer than two; Infinity when the mean has no variance.
 * @throws RangeError for NaN or Infinity.
 */
export function effectiveSize(values: readonly number[]): number {
  const variance = autocovariance(values)(0);
  const ofMean = meanVariance(values);
  if (ofMean === undefined || variance === 0) return values.length;
  return (variance * values.length) / (values.length - 1) / ofMean;
}
