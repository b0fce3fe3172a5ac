/**
 * Puts the value of the given rank where sorting would put it, smaller ones before it and greater ones
 * after, in time that grows with the number of values.
 * Source: C. A. R. Hoare, Algorithm 65, Commun. ACM 4 (1961) 321–322.
 * @param values changed in place; no NaN
 * @param rank 0 for the least
 * @returns the value of that rank, undefined past the ends.
 */
export function select(values: Float64Array, rank: number): number | undefined {
  let first = 0;
  let last = values.length - 1;
  while (first < last) {
    const { left, right } = partition(values, first, last);
    if (rank <= right) last = right;
    else if (rank >= left) first = left;
    else break;
  }
  return values[rank];
}

/** Splits around a middling value: up to `right` nothing is greater than it, from `left` nothing is less. */
function partition(values: Float64Array, first: number, last: number): { left: number; right: number } {
  const pivot = middling(values, first, last);
  let left = first;
  let right = last;
  while (left <= right) {
    while (at(values, left) < pivot) left += 1;
    while (at(values, right) > pivot) right -= 1;
    if (left > right) break;
    const moved = at(values, left);
    values[left] = at(values, right);
    values[right] = moved;
    left += 1;
    right -= 1;
  }
  return { left, right };
}

/** The middle one of the first, the middle and the last value. */
function middling(values: Float64Array, first: number, last: number): number {
  const a = at(values, first);
  const b = at(values, (first + last) >> 1);
  const c = at(values, last);
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? Number.NaN;
}
