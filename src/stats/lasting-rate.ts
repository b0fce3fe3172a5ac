import { type Increment, requireIncrements } from "./increments.js";

/** The rate that stays when all that could fade has been taken off. Rates are units per unit of x. */
export interface LastingRate {
  readonly rate: number;
  /** Signed root of the likelihood ratio against a rate of 0: a standard normal where nothing lasts. */
  readonly z: number;
  /** How much more the increments scatter than independent single events: 1 for a Poisson process. */
  readonly dispersion: number;
  /** Likelihood gained over one rate alone, in units of the dispersion: what the fading is worth. */
  readonly fadingGain: number;
  /** Bounds of the rate: the smallest and the largest that are `z` standard errors away, for a z of 0 or more. */
  lower(z: number): number;
  upper(z: number): number;
}

/** A transient longer than a quarter of the run cannot be told from a rate that lasts. */
const timeConstants = [0.02, 0.035, 0.05, 0.07, 0.095, 0.125, 0.16, 0.2, 0.25];
/** More bins than this cost time and tell nothing more. */
const mostBins = 32;
const gridSize = 24;
const halvings = 24;
/** Increments that are all alike have no scatter; some is assumed, or one point would decide. */
const leastDispersion = 0.05;

/**
 * Fits increments by a rate that lasts plus one that dies away exponentially, as that of a pool that
 * fills or of a warm-up does, with all time constants up to a quarter of the run. Poisson likelihood,
 * divided by the dispersion of the increments (quasi-likelihood), profiled over what fades.
 * Source: P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd ed. 1989, chapters 6 and 9.
 * @param increments in order of x, with units of 0 or more; fewer than 3 tell nothing that lasts from what fades
 * @returns a rate and a z of 0 where no unit came.
 * @throws RangeError for NaN or Infinity, for units below 0, and for an end before its start.
 */
export function lastingRate(increments: readonly Increment[]): LastingRate {
  requireIncrements(increments);
  const profile = new Profile(binned(increments));
  const best = profile.best();
  const rise = (rate: number): number =>
    Math.sqrt(Math.max(0, 2 * (best.likelihood - profile.at(rate).likelihood)) / best.dispersion);
  return {
    rate: best.rate,
    z: best.rate > 0 ? rise(0) : 0,
    dispersion: best.dispersion,
    fadingGain: (best.likelihood - profile.constant()) / best.dispersion,
    lower: (z) => (rise(0) < z ? 0 : bisect((rate) => rise(rate) > z, 0, best.rate)),
    upper: (z) => bisect((rate) => rise(rate) < z, best.rate, profile.ceiling(z, best.dispersion)),
  };
}

function bisect(isBelow: (rate: number) => boolean, low: number, high: number): number {
  let [from, to] = [low, high];
  for (let i = 0; i < halvings; i++) {
    const middle = (from + to) / 2;
    if (isBelow(middle)) from = middle;
    else to = middle;
  }
  return to;
}

function binned(increments: readonly Increment[]): Increment[] {
  const size = Math.ceil(increments.length / mostBins);
  const bins: Increment[] = [];
  for (let start = 0; start < increments.length; start += size) {
    const group = increments.slice(start, start + size);
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last) continue;
    const units = group.reduce((sum, increment) => sum + increment.units, 0);
    bins.push({ from: first.from, to: last.to, units });
  }
  return bins;
}

interface Fitted {
  readonly rate: number;
  readonly likelihood: number;
  /** What each bin is expected to hold. */
  readonly means: Float64Array;
}

class Profile {
  readonly #units: Float64Array;
  readonly #lengths: Float64Array;
  /** For each time constant the share of the transient that falls into each bin. */
  readonly #fades: readonly Float64Array[];
  readonly #total: number;
  readonly #span: number;

  constructor(bins: readonly Increment[]) {
    this.#units = Float64Array.from(bins, ({ units }) => units);
    this.#lengths = Float64Array.from(bins, ({ from, to }) => to - from);
    const start = bins[0]?.from ?? 0;
    this.#span = (bins.at(-1)?.to ?? 0) - start;
    this.#fades = timeConstants.map((at) =>
      Float64Array.from(
        bins,
        ({ from, to }) =>
          Math.exp(-(from - start) / (at * this.#span)) - Math.exp(-(to - start) / (at * this.#span)),
      ),
    );
    this.#total = bins.reduce((sum, { units }) => sum + units, 0);
  }

  /** Likelihood of one rate and nothing that fades. */
  constant(): number {
    const rate = this.#total / this.#span;
    return logLikelihood(
      this.#units,
      this.#lengths.map((length) => rate * length),
    );
  }

  /** A rate that is surely above the bound. */
  ceiling(z: number, dispersion: number): number {
    const units = this.#total + 2 * z * z * dispersion + 2 * z * Math.sqrt(this.#total * dispersion);
    return (3 * units) / this.#span;
  }

  best(): Fitted & { readonly dispersion: number } {
    const highest = (1.5 * this.#total) / this.#span;
    const step = highest / gridSize;
    let best = this.at(0);
    for (let i = 1; i <= gridSize; i++) best = better(best, this.at(i * step));
    let width = step;
    for (let i = 0; i < halvings / 2; i++) {
      width /= 2;
      best = better(best, better(this.at(Math.max(0, best.rate - width)), this.at(best.rate + width)));
    }
    return { ...best, dispersion: this.#dispersion(best) };
  }

  at(rate: number): Fitted {
    return this.#fades.map((fade) => this.#fit(rate, fade)).reduce(better);
  }

  #fit(rate: number, fade: Float64Array): Fitted {
    const size = this.#faded(rate, fade);
    const means = this.#lengths.map((length, index) => rate * length + size * (fade[index] ?? 0));
    return { rate, means, likelihood: logLikelihood(this.#units, means) };
  }

  /** The size of the transient that fits best beside a rate, by Newton's method on a concave function. */
  #faded(rate: number, fade: Float64Array): number {
    const slopes = (size: number): readonly [number, number] => {
      let [first, second] = [0, 0];
      for (let index = 0; index < fade.length; index++) {
        const part = fade[index] ?? 0;
        const units = this.#units[index] ?? 0;
        const mean = Math.max(tiny, rate * (this.#lengths[index] ?? 0) + size * part);
        first += part * (units / mean - 1);
        second += (units * part * part) / (mean * mean);
      }
      return [first, second];
    };
    if (rate > 0 && slopes(0)[0] <= 0) return 0;
    let [low, high] = [0, 2 * this.#total];
    let size = Math.max(tiny, Math.min(this.#total, high / 2));
    for (let i = 0; i < 12; i++) {
      const [first, second] = slopes(size);
      if (first > 0) low = size;
      else high = size;
      const next = second > 0 ? size + first / second : low;
      size = next > low && next < high ? next : (low + high) / 2;
    }
    return size;
  }

  /** Pearson's statistic over its degrees of freedom. */
  #dispersion({ means }: Fitted): number {
    const squares = this.#units.reduce((sum, units, index) => {
      const mean = Math.max(tiny, means[index] ?? 0);
      // A bin that was to hold next to nothing and held nothing says nothing of the scatter.
      return sum + (units === 0 && mean < 1e-6 ? 0 : (units - mean) ** 2 / mean);
    }, 0);
    return Math.max(leastDispersion, squares / Math.max(1, this.#units.length - 2));
  }
}

const tiny = 1e-12;

function better(a: Fitted, b: Fitted): Fitted {
  return b.likelihood > a.likelihood ? b : a;
}

function logLikelihood(all: Float64Array, means: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < all.length; index++) {
    const units = all[index] ?? 0;
    const mean = Math.max(tiny, means[index] ?? 0);
    sum += (units === 0 ? 0 : units * Math.log(mean)) - mean;
  }
  return sum;
}
