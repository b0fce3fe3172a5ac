import { normalQuantile } from "./normal-quantile.js";
import { studentTCdfWhole } from "./student-t-whole.js";

/** One of several explanations: where it puts the value, how sure it is, how likely it is itself. */
export interface Component {
  /** Up to a common factor. */
  readonly weight: number;
  readonly center: number;
  /** In the unit of the center, at least 0. */
  readonly scale: number;
  /** 1, 2, 3 … */
  readonly degreesOfFreedom: number;
}

const mostSteps = 150;
/** After so many steps the straight line creeps, as between explanations that lie far apart: every third halves then. */
const quickSteps = 12;
const stepsPerHalving = 3;
/** Of the value's normal deviate. */
const closeEnough = 1e-10;
/** Explanations that together hold no more than this change no decision. */
const negligible = 1e-9;

/**
 * A value that several explanations know, each as a Student t: the average over them, by their weights.
 * Source: J. A. Hoeting, D. Madigan, A. E. Raftery, C. T. Volinsky, Stat. Sci. 14 (1999) 382–401.
 */
export class TMixture {
  readonly components: readonly Component[];

  /** @throws RangeError when no component has a weight above 0, or a weight is NaN. */
  constructor(components: readonly Component[]) {
    const total = sum(components);
    const sorted = components.toSorted((a, b) => b.weight - a.weight);
    if (!(total > 0)) throw new RangeError(`weights that sum to ${total} weigh nothing`);
    let rest = total;
    const told = sorted.findIndex(({ weight }) => (rest -= weight) < negligible * total);
    const heavy = sorted.slice(0, told < 0 ? sorted.length : told + 1);
    const kept = sum(heavy);
    this.components = heavy.map((component) => ({ ...component, weight: component.weight / kept }));
  }

  /** Probability that the value lies at or below `value`. */
  cdf(value: number): number {
    return this.components.reduce(
      (sum, { weight, center, scale, degreesOfFreedom }) =>
        sum + weight * below((value - center) / scale, degreesOfFreedom),
      0,
    );
  }

  /**
   * The same with the scatter of the events that make a rate: independent single events at a rate r over x
   * add 1.2 r / x to the variance of the slope of a line of least squares through their running sum.
   * Source: S. N. Durlauf, P. C. B. Phillips, Econometrica 56 (1988) 1333–1354, of a line through a random walk.
   * @param x over which the events came, above 0; the value is a rate per unit of it
   */
  withEvents(x: number): TMixture {
    return new TMixture(
      this.components.map((component) => ({
        ...component,
        scale: Math.sqrt(component.scale ** 2 + (1.2 * Math.max(0, component.center)) / x),
      })),
    );
  }

  /** Standard deviation, of scales alone where the degrees of freedom give none. */
  deviation(): number {
    const mean = this.#mean();
    const variance = this.components.reduce(
      (sum, { weight, center, scale, degreesOfFreedom: df }) =>
        sum + weight * (scale ** 2 * (df > 2 ? df / (df - 2) : 3) + (center - mean) ** 2),
      0,
    );
    return Math.sqrt(variance);
  }

  #mean(): number {
    return this.components.reduce((sum, { weight, center }) => sum + weight * center, 0);
  }

  /**
   * The value below which the probability lies, to 1e-9 of the probability.
   * @param probability strictly between 0 and 1
   * @throws RangeError for anything else.
   */
  quantile(probability: number): number {
    if (!(probability > 0 && probability < 1)) {
      throw new RangeError(`probability ${probability} is not between 0 and 1`);
    }
    const center = this.#mean();
    const spread = this.deviation();
    if (!(spread > 0)) return center;
    // Scales beyond all numbers: nothing is known.
    if (!Number.isFinite(spread)) return probability === 0.5 ? center : (probability - 0.5) * Infinity;
    const wanted = normalQuantile(probability);
    // On the scale of normal deviates a mixture of bells is nearly a straight line.
    const gap = (value: number): number => deviate(this.cdf(value)) - wanted;
    const guess = center + wanted * spread;
    return rootOf(gap, guess, spread);
  }
}

const lowest = 1e-300;
const highest = 1 - Number.EPSILON;

function deviate(probability: number): number {
  return normalQuantile(Math.min(highest, Math.max(lowest, probability)));
}

interface Bracket {
  low: number;
  high: number;
  /** The function at them. */
  below: number;
  above: number;
}

/** Steps from a guess, doubling, until the root lies between. */
function bracketOf(gap: (value: number) => number, guess: number, width: number): Bracket {
  const first = gap(guess);
  const side = first < 0 ? 1 : -1;
  let [near, atNear, far, atFar] = [guess, first, guess, first];
  for (let step = width / 2; atFar * side < 0 && step < Infinity; step *= 2) {
    [near, atNear, far] = [far, atFar, far + side * step];
    atFar = gap(far);
  }
  return side > 0
    ? { low: near, below: atNear, high: far, above: atFar }
    : { low: far, below: atFar, high: near, above: atNear };
}

/**
 * The root of a rising function: the straight line between two values around it, the end that stays weighed down.
 * Source: N. Anderson, A. Björck, A new high order method of regula falsi type, BIT 13 (1973) 253–264.
 */
function rootOf(gap: (value: number) => number, guess: number, width: number): number {
  const bracket = bracketOf(gap, guess, width);
  for (let i = 0; i < mostSteps && bracket.high > bracket.low; i++) {
    const { low, high, below, above } = bracket;
    const straight = (low * above - high * below) / (above - below);
    const isInside = straight > low && straight < high && (i < quickSteps || i % stepsPerHalving !== 0);
    const middle = isInside ? straight : (low + high) / 2;
    const found = gap(middle);
    if (Math.abs(found) < closeEnough) return middle;
    if (found < 0) Object.assign(bracket, { low: middle, below: found, above: above * weight(found, below) });
    else Object.assign(bracket, { high: middle, above: found, below: below * weight(found, above) });
  }
  return (bracket.low + bracket.high) / 2;
}

function weight(found: number, before: number): number {
  const left = 1 - found / before;
  return left > 0 ? left : 0.5;
}

function sum(components: readonly Component[]): number {
  return components.reduce((sum, { weight }) => sum + weight, 0);
}

/** A scale of 0 is certainty: half of it lies on each side of its center. */
function below(distance: number, degreesOfFreedom: number): number {
  return Number.isNaN(distance) ? 0.5 : studentTCdfWhole(distance, degreesOfFreedom);
}
