import { incompleteGamma } from "./incomplete-gamma.js";

/**
 * How much of the standard normal distribution lies below z. All digits in both tails: ask for −z
 * rather than subtract from 1.
 * Source: Abramowitz & Stegun, Handbook of Mathematical Functions, 26.2.30 and 6.5.16.
 * @throws RangeError for NaN.
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) throw new RangeError("z is NaN");
  const { below, above } = incompleteGamma(0.5, (z * z) / 2);
  return z < 0 ? above / 2 : 0.5 + below / 2;
}
