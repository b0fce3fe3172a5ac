/**
 * Variance of Kendall's S of n points without a trend, less what ties take away.
 * Source: M. G. Kendall, Rank Correlation Methods, 4th ed. (1970), chapter 4.
 * @param tied for each of the two sides the values that may have ties
 */
export function rankVariance(n: number, tied: readonly (readonly number[])[]): number {
  const ties = tied.flatMap(tieSizes).reduce((sum, size) => sum + term(size), 0);
  return Math.max(0, term(n) - ties) / 18;
}

function term(n: number): number {
  return n * (n - 1) * (2 * n + 5);
}

/** How many there are of each value that is there more than once. */
export function tieSizes(values: readonly number[]): number[] {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  return [...sizes.values()].filter((size) => size > 1);
}
