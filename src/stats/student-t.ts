import { incompleteBeta } from "./incomplete-beta.js";
import { incompleteGamma } from "./incomplete-gamma.js";
import { tailRoot } from "./tail-root.js";
import type { Tails } from "./tails.js";

/**
 * How much of Student's t distribution lies below t.
 * Source: Abramowitz & Stegun, Handbook of Mathematical Functions, 26.7.1.
 * @param df degrees of freedom, real, above 0; Infinity is the normal distribution
 * @throws RangeError for NaN, or df not above 0.
 */
export function studentTCdf(t: number, df: number): number {
  const { above } = outside(t, df);
  return t < 0 ? above / 2 : 1 - above / 2;
}

/**
 * How much of Student's t distribution lies further from 0 than t, on both sides: the two-sided p of a t statistic.
 * @param df degrees of freedom, real, above 0; Infinity is the normal distribution
 * @throws RangeError for NaN, or df not above 0.
 */
export function studentTTwoSided(t: number, df: number): number {
  return outside(t, df).above;
}

/**
 * The t below which Student's t distribution has the given probability.
 * @param probability strictly between 0 and 1
 * @param df degrees of freedom, real, above 0; Infinity is the normal distribution
 * @throws RangeError for anything else.
 */
export function studentTQuantile(probability: number, df: number): number {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`probability ${probability} is not between 0 and 1`);
  }
  requireFreedom(df);
  if (probability === 0.5) return 0;
  const lower = probability < 0.5;
  const tail = lower ? probability : 1 - probability;
  const central = Math.abs(1 - 2 * probability);
  const wanted =
    tail < 0.25
      ? ({ side: "above", probability: 2 * tail } as const)
      : ({ side: "below", probability: central } as const);
  const size = Math.exp(tailRoot((u) => outside(Math.exp(u), df), wanted, 0));
  return lower ? -size : size;
}

/** What lies nearer to 0 than t (below), and further (above). */
function outside(t: number, df: number): Tails {
  requireFreedom(df);
  if (Number.isNaN(t)) throw new RangeError("t is NaN");
  if (df > 1e6) return nearNormal(t, df);
  const ratio = (t / Math.sqrt(df)) ** 2;
  return ratio === Number.POSITIVE_INFINITY
    ? { below: 1, above: 0 }
    : incompleteBeta({ a: 0.5, b: df / 2 }, ratio / (1 + ratio), 1 / (1 + ratio));
}

/**
 * Where the beta function would lose digits, t as a normal variable.
 * Source: G. W. Hill, Algorithm 395, Commun. ACM 13 (1970) 617–619; what it leaves out is below 1e-14 here.
 */
function nearNormal(t: number, df: number): Tails {
  const freedom = Math.min(df, 1e15);
  const square = (freedom - 0.5) * Math.log1p((t * t) / freedom);
  return incompleteGamma(0.5, (square / 2) * (1 + (square + 3) / (48 * freedom ** 2)) ** 2);
}

function requireFreedom(df: number): void {
  if (!(df > 0)) throw new RangeError(`degrees of freedom ${df} are not above 0`);
}
