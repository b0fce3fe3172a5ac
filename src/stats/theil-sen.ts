import { median } from "./median.js";
import { normalQuantile } from "./normal-quantile.js";
import { requireNumbers } from "./require-numbers.js";

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

/**
 * The Theil–Sen line: the slope is the median of the slopes of all pairs of points, so up to 29% of
 * outliers do not move it; the interval comes from the ranks of these slopes, with ties corrected.
 * Agrees with scipy.stats.theilslopes (method "separate"). Of four points or fewer the interval is
 * the whole range of the slopes and covers less than it says. Time and memory grow with n².
 * Source: P. K. Sen, J. Am. Stat. Assoc. 63 (1968) 1379–1389.
 * @param confidence of the interval, between 0 and 1
 * @returns undefined with fewer than two different x.
 * @throws RangeError for NaN, or a confidence outside of (0, 1).
 */
export function theilSen(points: readonly Point[], confidence = 0.95): Trend | undefined {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  requireNumbers(xs, "x");
  requireNumbers(ys, "y");
  const z = normalQuantile((1 + confidence) / 2);
  const slopes = pairSlopes(points);
  const slope = median([...slopes]);
  if (slope === undefined) return undefined;
  const half = z * Math.sqrt(rankVariance(xs, ys));
  const upper = Math.min(roundHalfEven((slopes.length + half) / 2), slopes.length - 1);
  const lower = Math.max(roundHalfEven((slopes.length - half) / 2) - 1, 0);
  return {
    slope,
    intercept: (median(ys) ?? 0) - slope * (median(xs) ?? 0),
    low: slopes[lower] ?? slope,
    high: slopes[upper] ?? slope,
  };
}

/** Sorted, one for each pair of points with different x. */
function pairSlopes(points: readonly Point[]): Float64Array {
  const slopes: number[] = [];
  for (const [i, a] of points.entries()) {
    for (const b of points.slice(i + 1)) {
      if (a.x !== b.x) slopes.push((b.y - a.y) / (b.x - a.x));
    }
  }
  return Float64Array.from(slopes).sort();
}

/** Variance of Kendall's S, less what ties in x and in y take away. */
function rankVariance(xs: readonly number[], ys: readonly number[]): number {
  const ties = [...tieSizes(xs), ...tieSizes(ys)].reduce((sum, size) => sum + term(size), 0);
  return Math.max(0, term(xs.length) - ties) / 18;
}

function term(n: number): number {
  return n * (n - 1) * (2 * n + 5);
}

function tieSizes(values: readonly number[]): number[] {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  return [...sizes.values()].filter((size) => size > 1);
}

/** Rounds halves to the even neighbour, as IEEE 754 and scipy do. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
