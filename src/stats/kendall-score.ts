import { tieSizes } from "./rank-variance.js";
import { requireNumbers } from "./require-numbers.js";
import type { Point } from "./theil-sen.js";

/** Pairs of points, counted. */
export interface KendallScore {
  /** Pairs that rise together, less pairs of which one rises and one falls: Kendall's S. */
  readonly s: number;
  readonly pairs: number;
  /** Pairs with the same x, and with the same y. */
  readonly tiedX: number;
  readonly tiedY: number;
}

/**
 * Kendall's S with its ties, in n log n: the pairs out of order are counted while y is merge sorted.
 * Source: W. R. Knight, J. Am. Stat. Assoc. 61 (1966) 436–439.
 * @throws RangeError for NaN.
 */
export function kendallScore(points: readonly Point[]): KendallScore {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  requireNumbers(xs, "x");
  requireNumbers(ys, "y");
  const sorted = [...points].sort((a, b) => order(a.x, b.x) || order(a.y, b.y));
  const pairs = pairsOf(points.length);
  const tiedX = tiedPairs(xs);
  const tiedY = tiedPairs(ys);
  const outOfOrder = inversions(Float64Array.from(sorted, ({ y }) => y));
  return { s: pairs - tiedX - tiedY + tiedInBoth(sorted) - 2 * outOfOrder, pairs, tiedX, tiedY };
}

function pairsOf(n: number): number {
  return (n * (n - 1)) / 2;
}

function tiedPairs(values: readonly number[]): number {
  return tieSizes(values).reduce((sum, size) => sum + pairsOf(size), 0);
}

/** Pairs of the very same point, which lie side by side. */
function tiedInBoth(sorted: readonly Point[]): number {
  let sum = 0;
  let run = 0;
  for (const [index, { x, y }] of sorted.entries()) {
    const before = sorted[index - 1];
    run = before?.x === x && before.y === y ? run + 1 : 0;
    sum += run;
  }
  return sum;
}

/** How many pairs stand with the greater value first. */
function inversions(values: Float64Array): number {
  let from = values;
  let to: Float64Array = new Float64Array(values.length);
  let count = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      count += merge(from, to, { start, width });
    }
    [from, to] = [to, from];
  }
  return count;
}

/** Merges two sorted neighbours of `width` values into `to`; returns the inversions between them. */
function merge(from: Float64Array, to: Float64Array, at: { start: number; width: number }): number {
  const middle = Math.min(at.start + at.width, from.length);
  const end = Math.min(middle + at.width, from.length);
  let left = at.start;
  let right = middle;
  let count = 0;
  for (let index = at.start; index < end; index += 1) {
    const isLeft = right >= end || (left < middle && (from[left] ?? 0) <= (from[right] ?? 0));
    to[index] = (isLeft ? from[left] : from[right]) ?? 0;
    if (isLeft) left += 1;
    else {
      right += 1;
      count += middle - left;
    }
  }
  return count;
}

function order(a: number, b: number): number {
  return a < b ? -1 : Number(a > b);
}
