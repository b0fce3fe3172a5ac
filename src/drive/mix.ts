import { apportion } from "./apportion.js";
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
  return leaveNoneOut(flows, apportion(quotas, count));
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

/** The flows of one batch, each as often as is given, in an order drawn from `random`. */
export function mixOf<F>(flows: readonly F[], counts: readonly number[], random: Random): F[] {
  return shuffled(
    flows.flatMap((flow, index) => Array.from({ length: counts[index] ?? 0 }, () => flow)),
    random,
  );
}
