/**
 * Whole numbers that sum up to `count` and are next to the quotas, by the method of the largest remainder: ties go
 * to the one that stands first.
 * @param quotas 0 or more, with the sum `count`
 */
export function apportion(quotas: readonly number[], count: number): number[] {
  const whole = quotas.map(Math.floor);
  const left = count - whole.reduce((sum, n) => sum + n, 0);
  const byRemainder = quotas
    .map((quota, index) => ({ index, remainder: quota - Math.floor(quota) }))
    .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) whole[index] = (whole[index] ?? 0) + 1;
  return whole;
}
