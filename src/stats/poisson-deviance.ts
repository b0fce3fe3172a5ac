/**
 * How far a count is from its mean: count · log(count / mean) + mean − count, without loss of digits
 * where the two are close.
 * Source: C. Loader, Fast and Accurate Computation of Binomial Probabilities (2000).
 * @param count above 0
 * @param mean above 0
 */
export function poissonDeviance(count: number, mean: number): number {
  const gap = count - mean;
  const v = gap / (count + mean);
  if (Math.abs(v) >= 0.1) return count * Math.log(count / mean) - gap;
  let sum = gap * v;
  let power = 2 * count * v;
  for (let odd = 3; ; odd += 2) {
    power *= v * v;
    const next = sum + power / odd;
    if (next === sum) return sum;
    sum = next;
  }
}
