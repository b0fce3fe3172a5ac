import { requireFinite } from "./require-finite.js";
import { studentTTwoSided } from "./student-t.js";
import type { Point } from "./theil-sen.js";

/** The line of least squares y = intercept + slope · x, in the units of the points. */
export interface LeastSquares {
  readonly slope: number;
  readonly intercept: number;
  /** Standard error of the slope. */
  readonly standardError: number;
  /** Of a slope of 0, by Student's t with n − 2 degrees of freedom. */
  readonly pTwoSided: number;
}

/**
 * Ordinary least squares. One outlier moves it, and its p believes in independent normal noise.
 * Source: N. R. Draper, H. Smith, Applied Regression Analysis, 3rd ed. (1998), chapter 1.
 * @returns undefined for fewer than three points, or when all x are the same.
 * @throws RangeError for NaN or Infinity.
 */
export function ols(points: readonly Point[]): LeastSquares | undefined {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  requireFinite(xs, "x");
  requireFinite(ys, "y");
  const middle = { x: meanOf(xs), y: meanOf(ys) };
  const sxx = mean(points, ({ x }) => (x - middle.x) ** 2);
  if (points.length < 3 || sxx === 0) return undefined;
  const slope = mean(points, ({ x, y }) => (x - middle.x) * (y - middle.y)) / sxx;
  const rest = mean(points, ({ x, y }) => (y - middle.y - slope * (x - middle.x)) ** 2);
  const df = points.length - 2;
  const standardError = Math.sqrt(rest / sxx / df);
  return {
    slope,
    intercept: middle.y - slope * middle.x,
    standardError,
    pTwoSided: slope === 0 ? 1 : studentTTwoSided(slope / standardError, df),
  };
}

function mean(points: readonly Point[], of: (point: Point) => number): number {
  return points.reduce((sum, point) => sum + of(point), 0) / points.length;
}

/** Measured from the first value: of values that are all the same the mean is exactly that. */
function meanOf(values: readonly number[]): number {
  const first = values[0] ?? 0;
  return first + values.reduce((sum, value) => sum + (value - first), 0) / values.length;
}
