import { requireFinite } from "./require-finite.js";

/**
 * How values vary together with those `lag` places later, around their common mean:
 * the sum of the products, divided by the number of all values. Lag 0 is the variance.
 * Source: G. E. P. Box, G. M. Jenkins, Time Series Analysis (1970), 2.1.5.
 * @returns a function of the lag; 0 for a lag of the whole length and more
 * @throws RangeError for NaN or Infinity.
 */
export function autocovariance(values: readonly number[]): (lag: number) => number {
  requireFinite(values, "values");
  const first = values[0] ?? 0;
  const mean = values.reduce((sum, value) => sum + (value - first) / values.length, first);
  const off = Float64Array.from(values.map((value) => value - mean));
  return (lag) => {
    let sum = 0;
    for (let index = lag; index < off.length; index += 1) sum += (off[index] ?? 0) * (off[index - lag] ?? 0);
    return sum / Math.max(1, off.length);
  };
}
