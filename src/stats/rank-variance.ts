/**
 * Variance of Kendall's S of n points without a trend, less what ties take away.
 * Source: M. G. Kendall, Rank Correlation Methods, 4th ed. (1970), chapter 4.
 * @param ties sizes of the groups of equal values, of both sides
 */
export function rankVariance(n: number, ties: readonly number[]): number {
  const tied = ties.reduce((sum, size) => sum + term(size), 0);
  return Math.max(0, term(n) - tied) / 18;
}

function term(n: number): number {
  return n * (n - 1) * (2 * n + 5);
}
