import { choleskySolve } from "./cholesky.js";

/** Poisson counts whose means are sums of what several sources give. */
export interface MixedCounts {
  readonly counts: ArrayLike<number>;
  /** Of each count: what its mean has beside the sources. */
  readonly offsets: ArrayLike<number>;
  /** For each source, of each count: how much of the source is in it. */
  readonly shares: readonly ArrayLike<number>[];
}

export interface Start {
  readonly rates: ArrayLike<number>;
  /** They are those of much the same problem. */
  readonly isNear: boolean;
}

export interface MixtureFit {
  /** Of each source, 0 or more. */
  readonly rates: Float64Array;
  readonly means: Float64Array;
  /** Without what depends on the counts alone; -Infinity where they cannot be. */
  readonly likelihood: number;
}

/** What keeps the rates above 0 while they are sought, in counts: the last is what the likelihood may be short of. */
const barriers = [1e-2, 1e-4, 1e-6];
/** From a start that is near, what is wide at first only leads away. */
const nearBarriers = barriers.slice(1);
const mostSteps = 40;
const mostHalvings = 30;
/** Of the log likelihood, to be gained by a further step. */
const closeEnough = 1e-6;

/**
 * The rates of the sources under which the counts are likeliest, none below 0: means are linear in the rates
 * (identity link), so this is the problem that Richardson and Lucy solve by EM, whose steps grow small at 0. Here it
 * is an interior point method: Newton's on the likelihood with a logarithmic barrier that is lowered.
 * Sources: L. A. Shepp, Y. Vardi, IEEE Trans. Med. Imaging 1 (1982) 113–122 (the model); S. Boyd, L. Vandenberghe,
 * Convex Optimization, 2004, 11.3 (the method).
 * @param start rates above 0 at which every mean is above 0 where its count is
 */
export function poissonMixture(mixed: MixedCounts, { rates, isNear }: Start): MixtureFit {
  const search = new Search(mixed, rates);
  for (const barrier of isNear ? nearBarriers : barriers) search.climb(barrier);
  return search.fit();
}

class Search {
  readonly #mixed: MixedCounts;
  /** In units of the counts that a source gives, so that all are alike in size. */
  #sizes: Float64Array;
  readonly #scales: Float64Array;
  readonly #columns: readonly Float64Array[];

  constructor(mixed: MixedCounts, start: ArrayLike<number>) {
    this.#mixed = mixed;
    this.#scales = Float64Array.from(mixed.shares, (column) =>
      Math.max(Number.MIN_VALUE, sumOfSizes(column)),
    );
    this.#columns = mixed.shares.map((column, source) =>
      Float64Array.from(column, (share) => share / (this.#scales[source] ?? 1)),
    );
    this.#sizes = this.#scales.map((scale, source) => scale * (start[source] ?? 0));
  }

  climb(barrier: number): void {
    for (let step = 0; step < mostSteps; step++) {
      const { gradient, curvature } = this.#slopes(barrier);
      const direction = choleskySolve(curvature, gradient);
      if (!direction) return;
      const gain = gradient.reduce((sum, slope, source) => sum + slope * (direction[source] ?? 0), 0);
      if (!(gain > closeEnough) || !this.#move(direction, { gain, barrier })) return;
    }
  }

  fit(): MixtureFit {
    const means = this.#means(this.#sizes);
    const rates = this.#sizes.map((size, source) => size / (this.#scales[source] ?? 1));
    return { rates, means, likelihood: likelihoodOf(this.#mixed.counts, means) };
  }

  #means(sizes: Float64Array): Float64Array {
    const means = Float64Array.from(this.#mixed.offsets);
    for (const [source, column] of this.#columns.entries()) {
      const size = sizes[source] ?? 0;
      for (let row = 0; row < means.length; row++) means[row] = (means[row] ?? 0) + size * (column[row] ?? 0);
    }
    return means;
  }

  #height(sizes: Float64Array, barrier: number): number {
    const walls = sizes.reduce(
      (sum, size) => sum + (size > 0 ? Math.log(size) : Number.NEGATIVE_INFINITY),
      0,
    );
    return likelihoodOf(this.#mixed.counts, this.#means(sizes)) + barrier * walls;
  }

  #slopes(barrier: number): { readonly gradient: Float64Array; readonly curvature: Float64Array } {
    const { counts } = this.#mixed;
    const means = this.#means(this.#sizes);
    const [surplus, weights] = [new Float64Array(means.length), new Float64Array(means.length)];
    for (let row = 0; row < means.length; row++) {
      const ratio = counts[row] === 0 ? 0 : (counts[row] ?? 0) / (means[row] ?? 1);
      surplus[row] = ratio - 1;
      weights[row] = ratio === 0 ? 0 : ratio / (means[row] ?? 1);
    }
    const size = this.#columns.length;
    const curvature = new Float64Array(size * size);
    const gradient = Float64Array.from(this.#columns, (column, source) => {
      const wall = this.#sizes[source] ?? 1;
      const weighted = column.map((share, row) => share * (weights[row] ?? 0));
      for (let other = 0; other <= source; other++) {
        const product = dot(weighted, this.#columns[other] ?? column);
        curvature[source * size + other] = product + (other === source ? barrier / (wall * wall) : 0);
      }
      return dot(column, surplus) + barrier / wall;
    });
    return { gradient, curvature };
  }

  /** As far as it goes up. @returns false where it does not */
  #move(
    direction: Float64Array,
    { gain, barrier }: { readonly gain: number; readonly barrier: number },
  ): boolean {
    const height = this.#height(this.#sizes, barrier);
    let step = roomFor(this.#sizes, direction);
    for (let halved = 0; halved < mostHalvings; halved++) {
      const next = this.#sizes.map((size, source) => size + step * (direction[source] ?? 0));
      if (this.#height(next, barrier) >= height + 1e-4 * step * gain) {
        this.#sizes = next;
        return true;
      }
      step /= 2;
    }
    return false;
  }
}

/** The step that keeps all sizes above 0, at most the whole one. */
function roomFor(sizes: Float64Array, direction: Float64Array): number {
  return sizes.reduce((room, size, source) => {
    const by = direction[source] ?? 0;
    return by < 0 ? Math.min(room, (0.99 * size) / -by) : room;
  }, 1);
}

function likelihoodOf(counts: ArrayLike<number>, means: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < means.length; row++) {
    const [count, mean] = [counts[row] ?? 0, means[row] ?? 0];
    if (mean < 0 || (mean === 0 && count > 0)) return Number.NEGATIVE_INFINITY;
    sum += (count === 0 ? 0 : count * Math.log(mean)) - mean;
  }
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < a.length; row++) sum += (a[row] ?? 0) * (b[row] ?? 0);
  return sum;
}

function sumOfSizes(column: ArrayLike<number>): number {
  return Array.from(column).reduce((sum, share) => sum + Math.abs(share), 0);
}
