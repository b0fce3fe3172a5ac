import { autocovariance } from "./autocovariance.js";

// Values that remember more than that of the one before do not tell how long they do.
const mostKept = 0.97;
const furthestReach = 250;

/**
 * Variance of the mean of values that resemble their neighbours; about s² / n when they do not. What each
 * value keeps of the one before is taken out, the rest is summed with the kernel of Bartlett, so it is
 * never negative. Of few values that keep much it comes out up to a half too large; of noise that
 * lasts longer than a tenth of the values, too small.
 * The kernel reaches 250 values at most, so time grows with n.
 * Sources: W. K. Newey, K. D. West, Econometrica 55 (1987) 703–708; D. W. K. Andrews, J. C. Monahan,
 * Econometrica 60 (1992) 953–966; reach of the kernel: D. W. K. Andrews, Econometrica 59 (1991) 817–858;
 * the bias of what is kept: F. H. C. Marriott, J. A. Pope, Biometrika 41 (1954) 390–402.
 * @returns in the square of the values' units; undefined for fewer than two values
 * @throws RangeError for NaN or Infinity.
 */
export function meanVariance(values: readonly number[]): number | undefined {
  const count = values.length;
  const at = autocovariance(values);
  if (count < 2) return undefined;
  if (at(0) === 0) return 0;
  const kept = count > 5 ? keptOf(at(1) / at(0), count) : 0;
  const rest = values.slice(1).map((value, index) => value - kept * (values[index] ?? 0));
  const spread = kept === 0 ? at(0) : bartlettSum(rest) / (1 - kept) ** 2;
  return spread / (count - 1);
}

/** The lag-1 autocorrelation, without the part of its bias that grows with it. */
function keptOf(found: number, count: number): number {
  return Math.max(-mostKept, Math.min(mostKept, (count * found) / (count - 3)));
}

/** Sum of the autocovariances of all lags, further ones with less weight. */
function bartlettSum(values: readonly number[]): number {
  const at = autocovariance(values);
  const variance = at(0);
  if (variance === 0) return 0;
  const reach = reachOf(at(1) / variance, values.length);
  let sum = variance;
  for (let lag = 1; lag <= reach; lag += 1) sum += 2 * (1 - lag / (reach + 1)) * at(lag);
  return Math.max(0, sum);
}

/** Furthest lag that is looked at, for noise of which each value keeps `rho` of the one before. */
function reachOf(rho: number, count: number): number {
  const kept = Math.min(mostKept, Math.abs(rho));
  const alpha = (4 * kept ** 2) / (1 - kept ** 2) ** 2;
  return Math.min(count - 1, furthestReach, Math.floor(1.1447 * Math.cbrt(alpha * count)));
}
