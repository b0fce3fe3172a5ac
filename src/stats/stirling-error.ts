import { logGamma } from "./log-gamma.js";

/**
 * What Stirling's formula lacks: log n! − log(√(2πn) (n/e)ⁿ), for real n too.
 * Source: C. Loader, Fast and Accurate Computation of Binomial Probabilities (2000).
 * @param n above 0
 */
export function stirlingError(n: number): number {
  if (n < 16) return logGamma(n + 1) - (n + 0.5) * Math.log(n) + n - Math.log(2 * Math.PI) / 2;
  const s = 1 / (n * n);
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188) * s) * s) * s) * s) / n;
}
