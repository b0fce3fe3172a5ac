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

const mostSteps = 60;
/** Of the value, and of the probability. */
const tolerance = 1e-10;
const closeEnough = 1e-9;
/** Explanations that together hold less than this share change no digit that is shown. */
const negligible = 1e-8;

/**
 * A value that several explanations know, each as a Student t: the average over them, by their weights.
 * Source: J. A. Hoeting, D. Madigan, A. E. Raftery, C. T. Volinsky, Stat. Sci. 14 (1999) 382–401.
 */
export class TMixture {
  readonly components: readonly Component[];

  /** @throws RangeError when no component has a weight above 0, or a weight is NaN. */
  constructor(components: readonly Component[]) {
    const total = sum(components);
    const heavy = components.filter(({ weight }) => weight > negligible * total);
    if (heavy.length === 0) throw new RangeError(`weights that sum to ${total} weigh nothing`);
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

  #spread(): number {
    return this.components.reduce((most, { scale }) => Math.max(most, scale), 0);
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
    const step = Math.max(this.#spread(), Math.abs(center) * Number.EPSILON) || Number.MIN_VALUE;
    let [low, high] = [center - step, center + step];
    while (this.cdf(low) > probability && Number.isFinite(low)) low -= high - low;
    while (this.cdf(high) < probability && Number.isFinite(high)) high += high - low;
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

function sum(components: readonly Component[]): number {
  return components.reduce((sum, { weight }) => sum + weight, 0);
}

/** A scale of 0 is certainty: half of it lies on each side of its center. */
function below(distance: number, degreesOfFreedom: number): number {
  return Number.isNaN(distance) ? 0.5 : studentTCdfWhole(distance, degreesOfFreedom);
}
