import { normalMadFactor } from "./mad.js";
import { median } from "./median.js";

/**
 * Standard deviation of the noise on a level that rarely moves: from the median of the differences of
 * neighbours, which steps, spikes and slow drift leave alone.
 * Source: P. Fearnhead, G. Rigaill, J. Am. Stat. Assoc. 114 (2019) 169–183, section 5; F. R. Hampel,
 * J. Am. Stat. Assoc. 69 (1974) 383–393.
 * @returns in the units of the values; 0 when most neighbours are the same, or for fewer than two values
 * @throws RangeError for NaN.
 */
export function differenceNoise(values: readonly number[]): number {
  const steps = values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value)));
  return ((median(steps) ?? 0) * normalMadFactor) / Math.SQRT2;
}
