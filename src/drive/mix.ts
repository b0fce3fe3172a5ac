import { type Random, shuffled } from "./random.js";

interface Weighted {
  readonly weight: number;
}

/**
 * How many of `count` operations each flow gets: its share by weight, by the method of the largest
 * remainder (ties go to the flow named first). Where there are enough operations, no flow of any
 * weight is left with none: a flow that never runs would pass unmeasured.
 */
export function shares(flows: readonly Weighted[], count: number): number[] {
  const total = flows.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0)) return flows.map(() => 0);
  const quotas = flows.map(({ weight }) => (count * weight) / total);
  const whole = quotas.map(Math.floor);
  const left = count - whole.reduce((sum, n) => sum + n, 0);
  const byRemainder = quotas
    .map((quota, index) => ({ index, remainder: quota - Math.floor(quota) }))
    .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) whole[index] = (whole[index] ?? 0) + 1;
  return leaveNoneOut(flows, whole);
}

function leaveNoneOut(flows: readonly Weighted[], counts: number[]): number[] {
  for (const [index, { weight }] of flows.entries()) {
    const most = Math.max(...counts);
    if (weight === 0 || counts[index] !== 0 || most < 2) continue;
    counts[counts.indexOf(most)] = most - 1;
    counts[index] = 1;
  }
  return counts;
}

/** The flows of one batch, each as often as its share, in an order drawn from `random`. */
export function mixOf<F extends Weighted>(flows: readonly F[], count: number, random: Random): F[] {
  const counts = shares(flows, count);
  return shuffled(
    flows.flatMap((flow, index) => Array.from({ length: counts[index] ?? 0 }, () => flow)),
    random,
  );
}
