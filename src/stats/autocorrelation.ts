import { autocovariance } from "./autocovariance.js";

/**
 * The lag-1 autocorrelation: 0 for independent values, near 1 when each is like the one before,
 * negative when they alternate. A short sequence of independent values has −1 / n on average.
 * Source: G. E. P. Box, G. M. Jenkins, Time Series Analysis (1970), 2.1.5.
 * @returns between −1 and 1; undefined for fewer than two values, or when all are the same.
 * @throws RangeError for NaN or Infinity.
 */
export function autocorrelation(values: readonly number[]): number | undefined {
  const at = autocovariance(values);
  const variance = at(0);
  return variance === 0 ? undefined : at(1) / variance;
}
