/** The chance to see a leak of the rate that a pass names: one in 200 of them may be missed. */
export const statedPower = 0.995;

/**
 * Units left per operation that a run with none left would have shown. Rare leaks come as a Poisson process:
 * a run of `operations` stays without one with probability exp(-rate × operations), so the rate at which that
 * is 1 - power is -ln(1 - power) / operations. With a power of 0.95 this is the rule of three; with 0.995 it is 5.3.
 * Source: Hanley and Lippman-Hand, "If nothing goes wrong, is everything all right?", JAMA 249 (1983), 1743–1745;
 * exact where an operation leaves at most one unit by chance, and conservative then.
 * @param operations 0 or more; none shows nothing: Infinity
 * @param power above 0 and below 1
 */
export function detectableRate(operations: number, power: number = statedPower): number {
  return operations > 0 ? expectedLeft(power) / operations : Number.POSITIVE_INFINITY;
}

/**
 * The fewest operations after which a run with none left shows a leak of this rate: detectableRate turned round.
 * @param rate units left per operation, above 0
 * @param power above 0 and below 1
 */
export function operationsFor(rate: number, power: number = statedPower): number {
  const near = Math.round(expectedLeft(power) / rate);
  // Not rounded up at once: a quotient that is whole but for the last digit would become one more.
  return detectableRate(near, power) <= rate ? near : near + 1;
}

/** Units that a leak must leave on average, for at least one to be there with this probability. */
function expectedLeft(power: number): number {
  return -Math.log1p(-power);
}
