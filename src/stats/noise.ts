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
  const white = columns.map(() => new Float64Array(rows));
  const states = new Float64Array(columns.length);
  const wander = 1 - noise.whiteShare;
  let variance = wander;
  let logDeterminant = 0;
  for (let row = 0; row < rows; row++) {
    const carried = row === 0 ? 1 : noise.correlation ** (distances[row] ?? 1);
    variance = row === 0 ? wander : carried * carried * variance + (1 - carried * carried) * wander;
    const seen = variance + noise.whiteShare;
    const gain = variance / seen;
    const scale = 1 / Math.sqrt(seen);
    logDeterminant += Math.log(seen);
    for (let column = 0; column < columns.length; column++) {
      const expected = (row === 0 ? 0 : carried) * (states[column] ?? 0);
      const surprise = (columns[column]?.[row] ?? 0) - expected;
      const target = white[column];
      if (target) target[row] = surprise * scale;
      states[column] = expected + gain * surprise;
    }
    variance -= gain * variance;
  }
  return { columns: white, logDeterminant };
}
