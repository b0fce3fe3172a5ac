import { continuedFraction } from "./continued-fraction.js";
import { poissonDeviance } from "./poisson-deviance.js";
import { stirlingError } from "./stirling-error.js";
import type { Tails } from "./tails.js";

/**
 * The regularised incomplete gamma functions P (below) and Q (above): the gamma distribution of the
 * given shape and scale 1. Relative error of the smaller one about 1e-14.
 * Source: W. Gautschi, ACM Trans. Math. Softw. 5 (1979) 466–481; the factor in front after C. Loader (2000).
 * @param shape above 0
 * @param x at least 0
 */
export function incompleteGamma(shape: number, x: number): Tails {
  if (x === 0) return { below: 0, above: 1 };
  if (x === Number.POSITIVE_INFINITY) return { below: 1, above: 0 };
  const density = poissonDensity(shape, x);
  if (x < shape + 1) {
    const below = density * series(shape, x);
    return { below, above: 1 - below };
  }
  const fraction = continuedFraction(x + 1 - shape, (n) => ({
    top: -n * (n - shape),
    bottom: x + 1 - shape + 2 * n,
  }));
  const above = (density * shape) / fraction;
  return { below: 1 - above, above };
}

/** e^−mean · mean^count / Γ(count + 1), for real counts. */
function poissonDensity(count: number, mean: number): number {
  const exponent = stirlingError(count) + poissonDeviance(count, mean);
  return Math.exp(-exponent) / Math.sqrt(2 * Math.PI * count);
}

/** 1 + x / (shape + 1) + x² / ((shape + 1)(shape + 2)) + … */
function series(shape: number, x: number): number {
  let sum = 1;
  let term = 1;
  for (let n = 1; term > sum * Number.EPSILON; n += 1) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum;
}
