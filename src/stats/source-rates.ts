import { incompleteGamma } from "./incomplete-gamma.js";
import type { Interval } from "./interval.js";
import { normalQuantile } from "./normal-quantile.js";
import { type MixedCounts, type MixtureFit, poissonMixture } from "./poisson-mixture.js";
import { profileEnds } from "./profile-ends.js";
import { studentTQuantile } from "./student-t.js";

/** What came with several rows of exposures to several sources. All numbers are finite and 0 or more. */
export interface Exposed {
  /** For each source, of each row: how often it was at work. Each source was at some time. */
  readonly exposures: readonly ArrayLike<number>[];
  /** Of each row: units that any of the sources may have left. */
  readonly mixed: ArrayLike<number>;
  /** For each source, of each row: units that it is known to have left, beside those. */
  readonly known: readonly ArrayLike<number>[];
  /** For each source: how often it was at work alone, apart from the rows, and the units that came then. */
  readonly alone: readonly { readonly exposure: number; readonly units: number }[];
}

/**
 * Units that each source leaves per exposure, from rows in which several were at work. What is known of a source and
 * what may be of any are fitted apart, so nothing is taken for granted of why some units are known and others are
 * not: the rate of a source is the sum of both. Intervals are of the profile likelihood, so none ends below 0.
 * Sources: D. R. Cox, D. V. Hinkley, Theoretical Statistics, 1974, 9.3 (profile likelihood);
 * P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd ed. 1989, 6.2.3 and 9.2 (dispersion).
 */
export class SourceRates {
  /** How much more the units scatter than single, independent ones. */
  readonly dispersion: number;
  readonly #data: Exposed;
  readonly #totals: readonly Totals[];
  readonly #freedom: number;
  readonly #best: MixtureFit;
  /** Rates of the mixed units, then those of the known ones, of the sources that have any. */
  readonly #knownOf: readonly number[];

  constructor(all: Exposed) {
    const data = alikeTogether(all);
    this.#data = data;
    this.#totals = data.exposures.map((exposure, source) => ({
      exposure: sumOf(exposure),
      known: sumOf(data.known[source] ?? []),
    }));
    this.#knownOf = this.#totals.flatMap(({ known }, source) => (known > 0 ? [source] : []));
    const rates = this.#totals.map(
      ({ exposure }) => (sumOf(data.mixed) + 1) / exposure / this.#totals.length,
    );
    const known = this.#knownOf.map((source) => this.#knownRate(source));
    this.#best = poissonMixture(this.#rows(undefined), { rates: [...rates, ...known], isNear: false });
    const { squares, freedom } = this.#scatter();
    this.#freedom = freedom;
    const units = sumOf(data.mixed) + this.#totals.reduce((sum, { known }) => sum + known, 0);
    const least = (leastVariance * data.mixed.length) / Math.max(1, units);
    this.dispersion = Math.max(Math.min(1, least), dispersionOf(squares, freedom));
  }

  rate(source: number): number {
    const known = this.#knownOf.indexOf(source);
    const { rates } = this.#best;
    const rate = (rates[source] ?? 0) + (known < 0 ? 0 : (rates[this.#totals.length + known] ?? 0));
    // The search comes near to 0 and never there.
    return rate < this.#least(source) ? 0 : rate;
  }

  /** @param tail the chance that each end may be wrong */
  interval(source: number, tail: number): Interval {
    const { exposure = 1 } = this.#totals[source] ?? {};
    return profileEnds({
      best: this.rate(source),
      step: (1 + Math.sqrt(this.rate(source) * exposure)) / exposure,
      reach: this.#reach(tail),
      distance: (rate) => this.#distance(source, rate),
    });
  }

  /** @param tail the chance that it is not, and this says so all the same */
  isAbove(source: number, rate: number, tail: number): boolean {
    return this.rate(source) > rate && this.#distance(source, rate) > this.#reach(tail);
  }

  #distance(source: number, rate: number): number {
    return Math.sqrt(Math.max(0, 2 * (this.#best.likelihood - this.#likelihoodAt(source, rate))));
  }

  /** How far the ends of an interval are from the best rate, in units of the distance. */
  #reach(tail: number): number {
    if (this.dispersion === 1) return normalQuantile(1 - tail);
    return Math.sqrt(this.dispersion) * studentTQuantile(1 - tail, this.#freedom);
  }

  #likelihoodAt(source: number, rate: number): number {
    const hasKnown = this.#knownOf.includes(source);
    if (rate <= 0 && (hasKnown || (this.#data.alone[source]?.units ?? 0) > 0))
      return Number.NEGATIVE_INFINITY;
    const size = this.#totals.length;
    const kept = (at: number): boolean =>
      at < size ? hasKnown || at !== source : this.#knownOf[at - size] !== source;
    const start = this.#best.rates
      .map((best, at) => Math.max(best, this.#least(at)))
      .map((best, at) => (at === source ? Math.min(best, rate / 2) : best))
      .filter((_, at) => kept(at));
    return poissonMixture(this.#rows({ source, rate }), { rates: start, isNear: true }).likelihood;
  }

  /** A rate to begin with, of a thousandth of a unit. */
  #least(at: number): number {
    const source = at < this.#totals.length ? at : (this.#knownOf[at - this.#totals.length] ?? 0);
    return 1e-3 / (this.#totals[source]?.exposure ?? 1);
  }

  #knownRate(source: number): number {
    const { known = 0, exposure = 1 } = this.#totals[source] ?? {};
    return known / exposure;
  }

  /** Mixed units, then the known ones of each source that has any, then those of the sources alone. */
  #rows(fixed: Fixed | undefined): MixedCounts {
    const { mixed, alone } = this.#data;
    const apart = alone.flatMap(({ exposure }, source) => (exposure > 0 ? [source] : []));
    const shares = [
      ...this.#totals.flatMap((_, source) => this.#mixedColumn(source, { apart, fixed }) ?? []),
      ...this.#knownOf.flatMap((source) =>
        source === fixed?.source ? [] : [this.#knownColumn(source, apart)],
      ),
    ];
    const counts = [
      ...Array.from(mixed),
      ...this.#knownOf.map((source) => this.#totals[source]?.known ?? 0),
      ...apart.map((source) => alone[source]?.units ?? 0),
    ];
    return { counts, shares, offsets: fixed ? this.#offsets(fixed, apart) : counts.map(() => 0) };
  }

  #mixedColumn(source: number, { apart, fixed }: Apart): ArrayLike<number>[] | undefined {
    const isFixed = source === fixed?.source;
    if (isFixed && !this.#knownOf.includes(source)) return undefined;
    const { exposures, alone } = this.#data;
    // With a fixed sum, what is mixed is taken from what is known.
    const known = this.#knownOf.map((one) =>
      isFixed && one === source ? -(this.#totals[source]?.exposure ?? 0) : 0,
    );
    const own = apart.map((one) => (one === source && !isFixed ? (alone[one]?.exposure ?? 0) : 0));
    return [[...Array.from(exposures[source] ?? []), ...known, ...own]];
  }

  #knownColumn(source: number, apart: readonly number[]): number[] {
    return [
      ...Array.from(this.#data.mixed, () => 0),
      ...this.#knownOf.map((one) => (one === source ? (this.#totals[one]?.exposure ?? 0) : 0)),
      ...apart.map((one) => (one === source ? (this.#data.alone[one]?.exposure ?? 0) : 0)),
    ];
  }

  #offsets({ source, rate }: Fixed, apart: readonly number[]): number[] {
    const { exposures, alone } = this.#data;
    const hasKnown = this.#knownOf.includes(source);
    return [
      ...Array.from(exposures[source] ?? [], (exposure) => (hasKnown ? 0 : exposure * rate)),
      ...this.#knownOf.map((one) => (one === source ? (this.#totals[one]?.exposure ?? 0) * rate : 0)),
      ...apart.map((one) => (one === source ? (alone[one]?.exposure ?? 0) * rate : 0)),
    ];
  }

  /** Pearson's statistic of the rows, and the degrees of freedom that the fit leaves it. */
  #scatter(): { readonly squares: number; readonly freedom: number } {
    const { mixed, known, exposures } = this.#data;
    let squares = 0;
    let rows = 0;
    const add = (count: number, mean: number): void => {
      if (mean < 1e-3 && count === 0) return;
      squares += (count - mean) ** 2 / Math.max(mean, 1e-3);
      rows++;
    };
    for (let row = 0; row < mixed.length; row++) add(mixed[row] ?? 0, this.#best.means[row] ?? 0);
    const used = this.#totals.filter(
      ({ exposure }, source) => exposure * (this.#best.rates[source] ?? 0) > 0.01,
    );
    for (const source of this.#knownOf) {
      const counts = known[source] ?? [];
      for (let row = 0; row < counts.length; row++) {
        add(counts[row] ?? 0, this.#knownRate(source) * (exposures[source]?.[row] ?? 0));
      }
    }
    return { squares, freedom: rows - used.length - this.#knownOf.length };
  }
}

/** Rows of the same exposures tell no more than their sum. */
function alikeTogether({ exposures, mixed, known, alone }: Exposed): Exposed {
  const groups = new Map<string, number[]>();
  for (let row = 0; row < mixed.length; row++) {
    const key = exposures.map((exposure) => exposure[row]).join();
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  const rows = [...groups.values()];
  const sums = (column: ArrayLike<number>): number[] =>
    rows.map((group) => group.reduce((sum, row) => sum + (column[row] ?? 0), 0));
  return { exposures: exposures.map(sums), mixed: sums(mixed), known: known.map(sums), alone };
}

interface Totals {
  readonly exposure: number;
  readonly known: number;
}

interface Fixed {
  readonly source: number;
  readonly rate: number;
}

interface Apart {
  readonly apart: readonly number[];
  readonly fixed: Fixed | undefined;
}

/** Chances of a scatter like this of single units, below which the scatter is taken as it is. */
const clumped = 0.1;
const regular = 0.001;
/** Units that come all alike have no scatter: half a unit in each row is assumed, or rounding would decide. */
const leastVariance = 0.25;

/** 1 where single units may well scatter so. */
function dispersionOf(squares: number, freedom: number): number {
  if (freedom < 1) return 1;
  const { below, above } = incompleteGamma(freedom / 2, squares / 2);
  if (above < clumped || below < regular) return squares / freedom;
  return 1;
}

function sumOf(all: ArrayLike<number>): number {
  return Array.from(all).reduce((sum, each) => sum + each, 0);
}
