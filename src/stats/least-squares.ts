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
  const columns = [...regressors, gram.size - 1];
  const factor = choleskyOf(gram, columns);
  if (!factor) return undefined;
  const size = columns.length;
  const at = (row: number, column: number): number => factor[row * size + column] ?? 0;
  const pivot = at(size - 2, size - 2);
  return {
    coefficient: at(size - 1, size - 2) / pivot,
    unitVariance: 1 / (pivot * pivot),
    residualSquares: at(size - 1, size - 1) ** 2,
  };
}

/** Row by row; undefined when a column but the last depends on those before it. */
function choleskyOf(gram: Gram, columns: readonly number[]): Float64Array | undefined {
  const size = columns.length;
  const factor = new Float64Array(size * size);
  for (const [row, column] of columns.entries()) {
    for (const [other, left] of columns.slice(0, row).entries()) {
      const rest = gram.product(column, left) - inner(factor, row * size, other * size);
      factor[row * size + other] = rest / (factor[other * size + other] ?? 1);
    }
    const square = gram.product(column, column);
    const rest = square - inner(factor, row * size, row * size);
    if (row < size - 1 && rest <= dependent * square) return undefined;
    factor[row * size + row] = Math.sqrt(Math.max(0, rest));
  }
  return factor;
}

/** Of two rows of a triangle, as far as the shorter one has been filled: what is not yet filled is 0. */
function inner(factor: Float64Array, row: number, other: number): number {
  const length = Math.sqrt(factor.length);
  let sum = 0;
  for (let k = 0; k < length; k++) {
    const right = factor[other + k] ?? 0;
    sum += (factor[row + k] ?? 0) * right;
  }
  return sum;
}
