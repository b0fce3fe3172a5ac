import { requireNumbers } from "./require-numbers.js";

/**
 * The middle value; of an even number of values, the mean of the middle two.
 * @returns undefined for no values.
 * @throws RangeError for NaN.
 */
export function median(values: readonly number[]): number | undefined {
  requireNumbers(values, "values");
  const sorted = Float64Array.from(values).sort();
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) return undefined;
  return upper === lower ? upper : (lower + upper) / 2;
}
