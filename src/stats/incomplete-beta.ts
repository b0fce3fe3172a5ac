import { continuedFraction, type Term } from "./continued-fraction.js";
import { poissonDeviance } from "./poisson-deviance.js";
import { stirlingError } from "./stirling-error.js";
import type { Tails } from "./tails.js";

/** The shapes of a beta distribution, each above 0. */
export interface BetaShapes {
  readonly a: number;
  readonly b: number;
}

/**
 * The regularised incomplete beta function (below) and what it lacks to 1 (above): the beta
 * distribution. Relative error of the smaller one about 1e-13, and 1e-10 where one shape is a million
 * times the other.
 * Source: DLMF 8.17.22 (continued fraction); the factor in front after C. Loader (2000).
 * @param x from 0 to 1
 * @param y 1 − x; given apart, so that neither loses digits next to 0
 */
export function incompleteBeta(shapes: BetaShapes, x: number, y: number): Tails {
  const { a, b } = shapes;
  if (x === 0) return { below: 0, above: 1 };
  if (y === 0) return { below: 1, above: 0 };
  if (x * (b + 1) > y * (a + 1)) {
    const { below, above } = incompleteBeta({ a: b, b: a }, y, x);
    return { below: above, above: below };
  }
  const below = front(shapes, x, y) / a / continuedFraction(1, (n) => term(shapes, x, n));
  return { below, above: 1 - below };
}

/** x^a · y^b / B(a, b) */
function front({ a, b }: BetaShapes, x: number, y: number): number {
  const n = a + b;
  const errors = stirlingError(n) - stirlingError(a) - stirlingError(b);
  const distance = poissonDeviance(a, n * x) + poissonDeviance(b, n * y);
  return Math.exp(errors - distance) * Math.sqrt((a * b) / n / (2 * Math.PI));
}

function term({ a, b }: BetaShapes, x: number, n: number): Term {
  const m = Math.floor(n / 2);
  const top = n % 2 === 0 ? m * (b - m) : -(a + m) * (a + b + m);
  return { top: (top * x) / ((a + n - 1) * (a + n)), bottom: 1 };
}
