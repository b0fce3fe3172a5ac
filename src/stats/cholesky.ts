/**
 * Solves a system with a symmetric positive definite matrix, by Cholesky's decomposition.
 * Source: G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed. 2013, 4.2.
 * @param matrix row after row; only its lower triangle is looked at
 * @returns undefined where the matrix is not positive definite.
 */
export function choleskySolve(matrix: Float64Array, right: Float64Array): Float64Array | undefined {
  const factor = factorOf(matrix, right.length);
  return factor && backward(factor, forward(factor, right));
}

function factorOf(matrix: Float64Array, size: number): Float64Array | undefined {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row * size + column] ?? 0;
      for (let k = 0; k < column; k++) {
        rest -= (factor[row * size + k] ?? 0) * (factor[column * size + k] ?? 0);
      }
      if (row > column) factor[row * size + column] = rest / (factor[column * size + column] ?? 1);
      else if (rest > 0) factor[row * size + row] = Math.sqrt(rest);
      else return undefined;
    }
  }
  return factor;
}

function forward(factor: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const solved = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    let rest = right[row] ?? 0;
    for (let k = 0; k < row; k++) rest -= (factor[row * size + k] ?? 0) * (solved[k] ?? 0);
    solved[row] = rest / (factor[row * size + row] ?? 1);
  }
  return solved;
}

function backward(factor: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const solved = new Float64Array(size);
  for (let row = size - 1; row >= 0; row--) {
    let rest = right[row] ?? 0;
    for (let k = row + 1; k < size; k++) rest -= (factor[k * size + row] ?? 0) * (solved[k] ?? 0);
    solved[row] = rest / (factor[row * size + row] ?? 1);
  }
  return solved;
}
