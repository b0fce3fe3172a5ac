import { inversions } from "./inversions.js";
import { normalCdf } from "./normal-cdf.js";
import { rankVariance } from "./rank-variance.js";
import { requireNumbers } from "./require-numbers.js";
import { tieSizes } from "./tie-sizes.js";

/** Does a sequence rise or fall? */
export interface MannKendall {
  /** Pairs that rise, less pairs that fall. */
  readonly s: number;
  /** Of s without a trend, ties corrected. */
  readonly variance: number;
  /** Standard normal without a trend; with continuity correction; 0 when nothing varies. */
  readonly z: number;
  readonly pTwoSided: number;
}

/**
 * The Mann–Kendall test for a trend, in n log n. The normal approximation is good from about ten values on.
 * Sources: H. B. Mann, Econometrica 13 (1945) 245–259; ties: Kendall, Rank Correlation Methods (1970).
 * @param values in order of time; they need not be evenly spaced
 * @throws RangeError for NaN.
 */
export function mannKendall(values: readonly number[]): MannKendall {
  requireNumbers(values, "values");
  const { sorted, count } = inversions(Float64Array.from(values));
  const ties = tieSizes(sorted);
  const rising = ties.reduce((rest, size) => rest - pairsOf(size), pairsOf(values.length) - count);
  const s = rising - count;
  const variance = rankVariance(values.length, ties);
  const z = variance === 0 ? 0 : (s - Math.sign(s)) / Math.sqrt(variance);
  return { s, variance, z, pTwoSided: Math.min(1, 2 * normalCdf(-Math.abs(z))) };
}

function pairsOf(n: number): number {
  return (n * n - n) / 2;
}
