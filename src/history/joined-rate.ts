import type { Rate } from "../model/verdict.js";

/**
 * Rates of the same thing as one: the mean, each weighted by one over the square of its interval's width, with what
 * remains of the intervals (inverse-variance weighting: W. G. Cochran, Biometrics 10 (1954) 101–129).
 * @returns undefined for none.
 */
export function joinedRate(rates: readonly Rate[]): Rate | undefined {
  const [only, ...others] = rates;
  if (only === undefined || others.length === 0) return only;
  const widths = rates.map(({ low, high }) => high - low);
  // One without a width would outweigh all others.
  const least = Math.max(...widths) * 1e-3;
  const weights = widths.map((width) => (least === 0 ? 1 : 1 / Math.max(width, least) ** 2));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const shares = weights.map((weight) => weight / sum);
  const mean = rates.reduce((total, { rate }, index) => total + rate * (shares[index] ?? 0), 0);
  const arm = (lengths: readonly number[]): number =>
    Math.hypot(...lengths.map((length, index) => length * (shares[index] ?? 0)));
  return {
    rate: mean,
    low: mean - arm(rates.map(({ rate, low }) => rate - low)),
    high: mean + arm(rates.map(({ rate, high }) => high - rate)),
  };
}
