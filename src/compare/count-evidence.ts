import type { Rate } from "../model/verdict.js";
import { gammaQuantile } from "../stats/gamma-quantile.js";
import { normalCdf } from "../stats/normal-cdf.js";
import { normalQuantile } from "../stats/normal-quantile.js";
import { poissonInterval } from "../stats/poisson-interval.js";
import {
  type Counted,
  rateDifferenceChance,
  rateDifferenceInterval,
  type TwoCounts,
} from "../stats/rate-difference.js";
import { studentTCdf, studentTQuantile } from "../stats/student-t.js";
import type { CountsLeft } from "./counts-left.js";
import { countDispersion } from "./count-dispersion.js";
import type { Dispersion } from "./dispersion.js";
import { type Evidence, intervalTail, seenWith } from "./evidence.js";

/** Smaller chances are of no meaning, and cost digits. */
const leastTail = 1e-9;

/** Of a counted resource: the runs of each build are one sample, as scattered as its batches and its runs are. */
export function countEvidence(before: readonly CountsLeft[], after: readonly CountsLeft[]): Evidence {
  const dispersion = countDispersion(before, after);
  const counts = { before: totalOf(before, dispersion), after: totalOf(after, dispersion) };
  const sure = surenessOf(dispersion);
  const rates = { before: rateOf(counts.before), after: rateOf(counts.after) };
  return {
    ...rates,
    // Not sought unless it is asked for: it takes far longer than all else.
    get difference() {
      const rate = rates.after.rate - rates.before.rate;
      return { rate, ...rateDifferenceInterval(counts, sure.tail(intervalTail)) };
    },
    dispersion,
    riseChance: () => sure.chance(rateDifferenceChance(counts)),
    fallChance: () => sure.chance(rateDifferenceChance({ before: counts.after, after: counts.before })),
    leastChance: sure.chance(rateDifferenceChance(allAfter(counts))),
    detectable: (alpha) => detectable(counts, sure.tail(alpha)),
    timesNeeded: (difference) => timesNeeded(counts, difference),
    leaks: after.some(({ passes }) => !passes),
  };
}

/** In units of the dispersion: a quasi-Poisson count. */
function totalOf(runs: readonly CountsLeft[], { factor }: Dispersion): Counted {
  let [count, exposure] = [0, 0];
  for (const { units, operations } of runs.flatMap(({ batches }) => batches)) {
    count += units;
    exposure += operations;
  }
  return { count: count / factor, exposure: exposure / factor };
}

/** A dispersion that is known from few runs makes everything less certain, as Student's t has it. */
function surenessOf({ freedom }: Dispersion) {
  const same = (tail: number): number => tail;
  if (freedom === undefined) return { chance: same, tail: same };
  return {
    chance: (chance: number): number =>
      chance >= 1 ? 1 : studentTCdf(normalQuantile(Math.max(leastTail, chance)), freedom),
    tail: (tail: number): number => Math.max(leastTail, normalCdf(studentTQuantile(tail, freedom))),
  };
}

function rateOf({ count, exposure }: Counted): Rate {
  const { low, high } = poissonInterval(count);
  return { rate: count / exposure, low: low / exposure, high: high / exposure };
}

function allAfter({ before, after }: TwoCounts): TwoCounts {
  return { before: { ...before, count: 0 }, after: { ...after, count: before.count + after.count } };
}

function detectable(counts: TwoCounts, tail: number): number {
  const { before, after } = counts;
  const told = (count: number): boolean =>
    rateDifferenceChance({ before, after: { ...after, count } }) <= tail;
  const least = leastTold(told);
  // So many come, or more, with the probability that is wanted.
  const mean = gammaQuantile(least, { side: "below", probability: seenWith });
  return Math.max(0, mean / after.exposure - before.count / before.exposure);
}

/** The least count that is told; whoever is told stays so with more. */
function leastTold(told: (count: number) => boolean): number {
  let high = 1;
  while (!told(high)) high *= 2;
  let low = high / 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (told(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** By the errors of a difference of none at the rate of both, and the bound that no event at all would give. */
function timesNeeded({ before, after }: TwoCounts, rise: number): number {
  const rate = (before.count + after.count) / (before.exposure + after.exposure);
  const variance = rate * (1 / before.exposure + 1 / after.exposure);
  const spread = (normalQuantile(1 - intervalTail) ** 2 * variance) / rise ** 2;
  return spread - Math.log(intervalTail) / (rise * after.exposure);
}
