/** Values sorted, and how many pairs of them stood with the greater value first. */
export interface Inversions {
  readonly sorted: Float64Array;
  readonly count: number;
}

/**
 * Counts pairs out of order while merge sorting, in n log n.
 * Source: W. R. Knight, J. Am. Stat. Assoc. 61 (1966) 436–439.
 * @param values left as they are; no NaN
 */
export function inversions(values: Float64Array): Inversions {
  let from: Float64Array = Float64Array.from(values);
  let to: Float64Array = new Float64Array(values.length);
  let count = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      count += merge(from, to, { start, width });
    }
    [from, to] = [to, from];
  }
  return { sorted: from, count };
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
