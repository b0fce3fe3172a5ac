import { studentTCdfWhole } from "./student-t-whole.js";

/** One of several explanations: where it puts the value, how sure it is, how likely it is itself. */
export interface Component {
  /** Up to a common factor. */
  readonly weight: number;
  readonly center: number;
  readonly scale: number;
  readonly degreesOfFreedom: number;
}

const mostSteps = 60;
/** Of the value, and of the probability. */
const tolerance = 1e-10;
const closeEnough = 1e-9;
/** Explanations that together hold less than this share change no digit that is shown. */
const negligible = 1e-8;

/** A value that several explanations know, each as a Student t: the average over them, by their weights. */
export class TMixture {
  readonly components: readonly Component[];

  constructor(components: readonly Component[]) {
    const total = components.reduce((sum, { weight }) => sum + weight, 0);
    this.components = components
      .map((component) => ({ ...component, weight: component.weight / total }))
      .filter(({ weight }) => weight > negligible);
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
   * add about 1.2 r / x to the variance of the slope through their running sum.
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

  #spread(): number {
    return this.components.reduce((most, { scale }) => Math.max(most, scale), 0);
  }

  /** @param probability strictly between 0 and 1 */
  quantile(probability: number): number {
    const center = this.#mean();
    const step = Math.max(this.#spread(), Math.abs(center) * Number.EPSILON) || Number.MIN_VALUE;
    let [low, high] = [center - step, center + step];
    while (low > -Number.MAX_VALUE && this.cdf(low) > probability) low -= high - low;
    while (high < Number.MAX_VALUE && this.cdf(high) < probability) high += high - low;
    // Scales beyond all numbers: nothing is known.
    if (!Number.isFinite(high - low))
      return probability < 0.5 ? -Infinity : probability > 0.5 ? Infinity : center;
    return falsePosition((value) => this.cdf(value) - probability, low, high);
  }
}

/** Bisection where the straight line between the ends fails: M. Dowell, P. Jarratt, BIT 11 (1971) 168–174 ("Illinois"). */
function falsePosition(gap: (value: number) => number, from: number, to: number): number {
  let [low, high, below, above] = [from, to, gap(from), gap(to)];
  for (let i = 0; i < mostSteps && high - low > tolerance * (Math.abs(low) + Math.abs(high)); i++) {
    const straight = (low * above - high * below) / (above - below);
    const middle = straight > low && straight < high ? straight : (low + high) / 2;
    const found = gap(middle);
    if (Math.abs(found) < closeEnough) return middle;
    if (found < 0) {
      [low, below] = [middle, found];
      above /= 2;
    } else {
      [high, above] = [middle, found];
      below /= 2;
    }
  }
  return (low + high) / 2;
}

/** A scale of 0 is certainty. */
function below(distance: number, degreesOfFreedom: number): number {
  if (Number.isNaN(distance)) return 0.5;
  if (!Number.isFinite(distance)) return distance > 0 ? 1 : 0;
  return studentTCdfWhole(distance, degreesOfFreedom);
}
