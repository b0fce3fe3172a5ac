import { incompleteGamma } from "./incomplete-gamma.js";
import type { Interval } from "./interval.js";
import { logGamma } from "./log-gamma.js";
import { normalCdf } from "./normal-cdf.js";

/** Events, and how long they were looked for. */
export interface Counted {
  /** At least 0; need not be whole: a quasi-Poisson count is events divided by their dispersion. */
  readonly count: number;
  /** Above 0. */
  readonly exposure: number;
}

export interface TwoCounts {
  readonly before: Counted;
  readonly after: Counted;
}

/** More events than this, and the root of the likelihood ratio is as good as normal. */
const mostExact = 400;
/** Outcomes less likely than this change no decision. */
const negligible = 1e-12;
/** Of two roots that are the same but for their last digits. */
const rounding = 1e-9;
const halvings = 50;
/** Multiples of the rate that is put in: the worst of them counts, since the rate is an estimate. */
const nearby = [0.7, 1, 1.4];

/**
 * The chance of counts that speak as much, or more, for a difference of the rates above the one that is given, where
 * that is the difference: small = the true one is greater. Both counts are free, so this is not the test on their sum;
 * the nuisance rate is put in as estimated (an E-test), and a little to each side of that, and outcomes are ordered by the
 * signed root of the likelihood ratio.
 * Sources: K. Krishnamoorthy, J. Thomson, J. Stat. Plan. Inference 119 (2004) 23–35 (the test); R. L. Berger, D. D. Boos,
 * J. Am. Stat. Assoc. 89 (1994) 1012–1016 (the worst of the likely nuisance); O. E. Barndorff-Nielsen, D. R. Cox,
 * Inference and Asymptotics, 1994, 3.3 (the order).
 * @param difference after less before, in events per unit of exposure
 */
export function rateDifferenceChance(counts: TwoCounts, difference = 0): number {
  // Turned round, so that the rate which is fitted is the lower of the two.
  if (difference < 0) return chanceOf(turned(counts), -difference, -1);
  return chanceOf(counts, difference, 1);
}

/**
 * The differences that go with the counts.
 * @param tail the chance that each end may be wrong, between 0 and 1
 */
export function rateDifferenceInterval(counts: TwoCounts, tail: number): Interval {
  return { low: lowEnd(counts, tail), high: -lowEnd(turned(counts), tail) };
}

/** The signed root of the likelihood ratio of a difference: a standard normal, nearly, where that is the true one. */
export function rateDifferenceRoot(counts: TwoCounts, difference = 0): number {
  return difference < 0 ? -rootOf(turned(counts), -difference) : rootOf(counts, difference);
}

function turned({ before, after }: TwoCounts): TwoCounts {
  return { before: after, after: before };
}

/** @param side 1: the chance of roots as high, or higher; -1: as low, or lower. */
function chanceOf(counts: TwoCounts, difference: number, side: 1 | -1): number {
  const { before, after } = counts;
  const seen = side * rootOf(counts, difference);
  if (before.count + after.count > mostExact) return normalCdf(-seen);
  const rate = lowerRate(counts, difference);
  const isAsFar = (first: number, second: number): boolean => {
    const outcome = {
      before: { ...before, count: first },
      after: { ...after, count: second },
    };
    return side * rootOf(outcome, difference) >= seen - rounding;
  };
  const chances = nearby.map((factor) => {
    const means = {
      low: before.exposure * rate * factor,
      high: after.exposure * (rate * factor + difference),
    };
    return side > 0 ? sumAbove(means, isAsFar) : sumBelow(means, isAsFar);
  });
  return Math.min(1, Math.max(...chances));
}

interface Means {
  readonly low: number;
  readonly high: number;
}

type IsAsFar = (first: number, second: number) => boolean;

/** Over all first counts, the second ones from the least on that is as far: it grows with the first. */
function sumAbove({ low, high }: Means, isAsFar: IsAsFar): number {
  let sum = 0;
  let least = 0;
  for (const [first, chance] of likely(low)) {
    while (!isAsFar(first, least)) least++;
    sum += chance * atLeast(least, high);
  }
  return sum;
}

/** Over all first counts, the second ones up to the most that is as far: it grows with the first. */
function sumBelow({ low, high }: Means, isAsFar: IsAsFar): number {
  let sum = 0;
  let next = 0;
  for (const [first, chance] of likely(low)) {
    while (isAsFar(first, next)) next++;
    sum += next === 0 ? 0 : chance * (1 - atLeast(next, high));
  }
  return sum;
}

/** The counts that a mean makes likely, in order, with their chances. */
function likely(mean: number): [number, number][] {
  if (mean <= 0) return [[0, 1]];
  const reach = 8 * Math.sqrt(mean) + 30;
  const first = Math.max(0, Math.floor(mean - reach));
  const all = Array.from({ length: Math.ceil(mean + reach) - first + 1 }, (_, index): [number, number] => {
    const count = first + index;
    return [count, Math.exp(count * Math.log(mean) - mean - logGamma(count + 1))];
  });
  return all.filter(([, chance]) => chance > negligible);
}

function atLeast(count: number, mean: number): number {
  if (count <= 0) return 1;
  return mean <= 0 ? 0 : incompleteGamma(count, mean).below;
}

/** The likeliest lower rate where the other is so much higher: the root of a quadratic equation. */
function lowerRate({ before, after }: TwoCounts, difference: number): number {
  const exposure = before.exposure + after.exposure;
  const middle = before.count + after.count - exposure * difference;
  return (middle + Math.sqrt(middle ** 2 + 4 * exposure * before.count * difference)) / (2 * exposure);
}

/** @param difference at least 0 */
function rootOf(counts: TwoCounts, difference: number): number {
  const { before, after } = counts;
  const rate = Math.max(0, lowerRate(counts, difference));
  const lost =
    distance(before.count, before.exposure * rate) +
    distance(after.count, after.exposure * (rate + difference));
  const isAbove = after.count / after.exposure - before.count / before.exposure > difference;
  return (isAbove ? 1 : -1) * Math.sqrt(Math.max(0, 2 * lost));
}

/** By how much the likelihood of a count falls short of its best, as a logarithm. */
function distance(count: number, mean: number): number {
  if (count === 0) return mean;
  return mean > 0 ? count * Math.log(count / mean) + mean - count : Number.POSITIVE_INFINITY;
}

function lowEnd(counts: TwoCounts, tail: number): number {
  const { before, after } = counts;
  const estimate = after.count / after.exposure - before.count / before.exposure;
  let step = (1 + Math.sqrt(before.count + after.count)) / Math.min(before.exposure, after.exposure);
  while (rateDifferenceChance(counts, estimate - step) > tail) step *= 2;
  let [low, high] = [estimate - step, estimate];
  for (let round = 0; round < halvings; round++) {
    const middle = (low + high) / 2;
    if (rateDifferenceChance(counts, middle) > tail) high = middle;
    else low = middle;
    if (high - low < step * 1e-6) break;
  }
  return (low + high) / 2;
}
