/** Correlated noise: a first-order autoregression seen through white noise. */
export interface NoiseModel {
  /** Correlation of the wandering part over one unit of distance, 0 to below 1. */
  readonly correlation: number;
  /** Share of the variance that is white, 0 to 1. */
  readonly whiteShare: number;
}

/** Columns made white, and the log determinant of what made them so. */
export interface Whitened {
  readonly columns: readonly Float64Array[];
  /** Log of the determinant of the noise's correlation matrix. */
  readonly logDeterminant: number;
}

/**
 * Removes the correlation that a noise model describes from each column, by the innovations of a
 * Kalman filter with one state: ordinary least squares on the result is generalised least squares on
 * the columns. Linear in the number of rows.
 * Source: A. C. Harvey, Forecasting, Structural Time Series Models and the Kalman Filter, 1989, 3.2 and 3.4.
 * @param columns of one length, which are left as they are
 * @param distances between each row and the one before, at least 0; the first is not looked at, one that is
 * missing is 1
 * @returns a log determinant that is not finite, and columns of no use, where noise without a white part has two rows
 * at one place: they could not differ.
 */
export function whiten(
  columns: readonly Float64Array[],
  distances: ArrayLike<number>,
  noise: NoiseModel,
): Whitened {
  const rows = columns[0]?.length ?? 0;
  const filter = filterOf(rows, distances, noise);
  return {
    columns: columns.map((column) => filtered(column, filter)),
    logDeterminant: filter.logDeterminant,
  };
}

/** The same for every column: what is carried over to a row, how much of a surprise is believed, and its size. */
interface Filter {
  readonly carried: Float64Array;
  readonly gains: Float64Array;
  readonly scales: Float64Array;
  readonly logDeterminant: number;
}

function filterOf(rows: number, distances: ArrayLike<number>, noise: NoiseModel): Filter {
  const { correlation, whiteShare } = noise;
  const [carried, gains, scales] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)];
  const wander = 1 - whiteShare;
  let variance = wander;
  let logDeterminant = 0;
  for (let row = 0; row < rows; row++) {
    const distance = distances[row] ?? 1;
    const share = row === 0 ? 0 : distance === 1 ? correlation : correlation ** distance;
    variance = share * share * variance + (1 - share * share) * wander;
    const seen = variance + whiteShare;
    const gain = variance / seen;
    logDeterminant += Math.log(seen);
    carried[row] = share;
    gains[row] = gain;
    scales[row] = 1 / Math.sqrt(seen);
    variance -= gain * variance;
  }
  return { carried, gains, scales, logDeterminant };
}

function filtered(column: Float64Array, { carried, gains, scales }: Filter): Float64Array {
  const white = new Float64Array(column.length);
  let state = 0;
  for (let row = 0; row < column.length; row++) {
    const expected = (carried[row] ?? 0) * state;
    const surprise = (column[row] ?? 0) - expected;
    white[row] = surprise * (scales[row] ?? 0);
    state = expected + (gains[row] ?? 0) * surprise;
  }
  return white;
}
