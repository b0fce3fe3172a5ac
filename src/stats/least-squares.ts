/**
 * Sums of products of columns of one length, made when they are first asked for: what least squares on any of
 * them needs.
 */
export class Gram {
  readonly #columns: readonly Float64Array[];
  readonly #known: Float64Array;

  constructor(columns: readonly Float64Array[]) {
    this.#columns = columns;
    this.#known = new Float64Array(columns.length * columns.length).fill(Number.NaN);
  }

  get size(): number {
    return this.#columns.length;
  }

  product(a: number, b: number): number {
    const [low, high] = a < b ? [a, b] : [b, a];
    const place = high * this.#columns.length + low;
    const known = this.#known[place] ?? Number.NaN;
    if (!Number.isNaN(known)) return known;
    const made = dot(this.#columns[low], this.#columns[high]);
    this.#known[place] = made;
    return made;
  }
}

function dot(left: Float64Array | undefined, right: Float64Array | undefined): number {
  if (!left || !right) return 0;
  let sum = 0;
  for (let row = 0; row < left.length; row++) sum += (left[row] ?? 0) * (right[row] ?? 0);
  return sum;
}

export interface Fit {
  /** The coefficient of the last of the regressors that were named. */
  readonly coefficient: number;
  /** Its variance, for residuals of variance 1. */
  readonly unitVariance: number;
  /** Sum of the squares of what is left over. */
  readonly residualSquares: number;
}

/** What rounding leaves of a column's square when the columns before explain all of it. */
const dependent = 1e-11;

/**
 * Least squares of the last column on some of the others, by Cholesky's decomposition.
 * Source: G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed. 2013, 4.2 and 5.3.2.
 * @param regressors indices of columns; the coefficient of the last one is wanted
 * @returns undefined when they depend on each other, NaN where the columns hold one.
 */
export function fitLast(gram: Gram, regressors: readonly number[]): Fit | undefined {
  const size = regressors.length;
  const factor = new Float64Array((size + 1) * (size + 1));
  for (let row = 0; row <= size; row++) {
    const column = regressors[row] ?? gram.size - 1;
    for (let other = 0; other <= row; other++) {
      let sum = gram.product(column, regressors[other] ?? gram.size - 1);
      for (let k = 0; k < other; k++) {
        sum -= (factor[row * (size + 1) + k] ?? 0) * (factor[other * (size + 1) + k] ?? 0);
      }
      const pivot = factor[other * (size + 1) + other] ?? 1;
      factor[row * (size + 1) + other] = row === other ? Math.sqrt(Math.max(0, sum)) : sum / pivot;
      if (row === other && row < size && sum <= dependent * gram.product(column, column)) return undefined;
    }
  }
  const at = (row: number, column: number): number => factor[row * (size + 1) + column] ?? 0;
  const pivot = at(size - 1, size - 1);
  return {
    coefficient: at(size, size - 1) / pivot,
    unitVariance: 1 / (pivot * pivot),
    residualSquares: at(size, size) ** 2,
  };
}
