import { blockMedians } from "./block-medians.js";
import { median } from "./median.js";
import { normalQuantile } from "./normal-quantile.js";
import { rankVariance } from "./rank-variance.js";
import { requireFinite } from "./require-finite.js";
import { select } from "./select.js";
import { tieSizes } from "./tie-sizes.js";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A robust line y = intercept + slope · x, in the units of the points. */
export interface Trend {
  readonly slope: number;
  readonly intercept: number;
  /** Confidence interval of the slope. */
  readonly low: number;
  readonly high: number;
}

const mostExactPoints = 2000;

/**
 * The Theil–Sen line: the slope is the median of the slopes of all pairs of points, so up to 29% of
 * outliers do not move it; the interval comes from the ranks of these slopes, with ties corrected.
 * Agrees with scipy.stats.theilslopes (method "separate"). Of four points or fewer the interval is
 * the whole range of the slopes and covers less than it says.
 * Past 2,000 points it is the line of at most 2,000 medians of neighbouring points (`blockMedians`):
 * up to there time and memory grow with n², from there on time with n log n and memory with n. The
 * interval is then up to a quarter wider than the exact one.
 * Source: P. K. Sen, J. Am. Stat. Assoc. 63 (1968) 1379–1389.
 * @param confidence of the interval, between 0 and 1
 * @returns undefined with fewer than two different x.
 * @throws RangeError for NaN or Infinity, or a confidence outside of (0, 1).
 */
export function theilSen(points: readonly Point[], confidence = 0.95): Trend | undefined {
  requireFinite(
    points.map(({ x }) => x),
    "x",
  );
  requireFinite(
    points.map(({ y }) => y),
    "y",
  );
  return exactLine(blockMedians(points, mostExactPoints), normalQuantile((1 + confidence) / 2));
}

function exactLine(points: readonly Point[], z: number): Trend | undefined {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const slopes = pairSlopes(xs, ys);
  const count = slopes.length;
  const upperMiddle = select(slopes, Math.floor(count / 2));
  const lowerMiddle = select(slopes, Math.floor((count - 1) / 2));
  if (upperMiddle === undefined || lowerMiddle === undefined) return undefined;
  const slope = upperMiddle === lowerMiddle ? upperMiddle : (lowerMiddle + upperMiddle) / 2;
  const half = z * Math.sqrt(rankVariance(xs.length, [xs, ys].flatMap(tiesOf)));
  const upper = Math.min(roundHalfEven((count + half) / 2), count - 1);
  const lower = Math.max(roundHalfEven((count - half) / 2) - 1, 0);
  return {
    slope,
    intercept: (median(ys) ?? 0) - slope * (median(xs) ?? 0),
    low: select(slopes, lower) ?? slope,
    high: select(slopes, upper) ?? slope,
  };
}

function tiesOf(values: readonly number[]): number[] {
  return tieSizes(Float64Array.from(values).sort());
}

/** One for each pair of points with different x. */
function pairSlopes(xs: readonly number[], ys: readonly number[]): Float64Array {
  const slopes = new Float64Array((xs.length * (xs.length - 1)) / 2);
  let count = 0;
  for (const [i, x] of xs.entries()) {
    const y = ys[i] ?? 0;
    for (let j = i + 1; j < xs.length; j += 1) {
      const run = (xs[j] ?? 0) - x;
      if (run === 0) continue;
      slopes[count] = ((ys[j] ?? 0) - y) / run;
      count += 1;
    }
  }
  return slopes.subarray(0, count);
}

/** Rounds halves to the even neighbour, as IEEE 754 and scipy do. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
