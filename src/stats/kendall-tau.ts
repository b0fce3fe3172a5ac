import { inversions } from "./inversions.js";
import { requireNumbers } from "./require-numbers.js";
import type { Point } from "./theil-sen.js";
import { tieSizes } from "./tie-sizes.js";

/**
 * Kendall's rank correlation tau-b: 1 when x and y always rise together, −1 when one falls as the other
 * rises, with ties paid for. In n log n.
 * Sources: M. G. Kendall, Biometrika 33 (1945) 239–251; W. R. Knight, J. Am. Stat. Assoc. 61 (1966) 436–439.
 * @returns undefined when all x or all y are the same, and for fewer than two points.
 * @throws RangeError for NaN.
 */
export function kendallTau(points: readonly Point[]): number | undefined {
  requireNumbers(
    points.map(({ x }) => x),
    "x",
  );
  requireNumbers(
    points.map(({ y }) => y),
    "y",
  );
  const ordered = [...points].sort((a, b) => order(a.x, b.x) || order(a.y, b.y));
  const { sorted, count } = inversions(Float64Array.from(ordered.map(({ y }) => y)));
  const pairs = pairsOf(points.length);
  const untiedX = pairs - pairsIn(tieSizes(Float64Array.from(ordered.map(({ x }) => x))));
  const untiedY = pairs - pairsIn(tieSizes(sorted));
  if (untiedX === 0 || untiedY === 0) return undefined;
  const s = untiedX + untiedY - pairs + tiedInBoth(ordered) - 2 * count;
  return Math.max(-1, Math.min(1, s / Math.sqrt(untiedX) / Math.sqrt(untiedY)));
}

function order(a: number, b: number): number {
  return a < b ? -1 : Number(a > b);
}

function pairsOf(n: number): number {
  return (n * n - n) / 2;
}

function pairsIn(ties: readonly number[]): number {
  return ties.reduce((sum, size) => sum + pairsOf(size), 0);
}

/** Pairs of the very same point, which lie side by side. */
function tiedInBoth(ordered: readonly Point[]): number {
  let sum = 0;
  let run = 0;
  for (const [index, { x, y }] of ordered.entries()) {
    const before = ordered[index - 1];
    run = before?.x === x && before.y === y ? run + 1 : 0;
    sum += run;
  }
  return sum;
}
