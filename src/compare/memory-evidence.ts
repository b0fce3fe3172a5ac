import type { Rate } from "../model/verdict.js";
import { normalQuantile } from "../stats/normal-quantile.js";
import { studentTQuantile } from "../stats/student-t.js";
import { type Dispersion, dispersionOfRuns } from "./dispersion.js";
import { type Evidence, intervalTail, seenWith } from "./evidence.js";
import type { MemoryGrowth } from "./memory-growth.js";

/** The rate of one build, and how far its ends are from it. */
interface Pooled {
  readonly rate: number;
  readonly below: (tail: number) => number;
  readonly above: (tail: number) => number;
}

const leastTail = 1e-12;
/** Bytes per operation. */
const leastDeviation = 1e-6;
const halvings = 60;

/**
 * Of memory: the growth of each run weighs by what is known of it, runs that disagree widen the errors, and the ends of
 * the difference come from those of the two builds. A growth below 0 is none, so it lends nothing to the difference.
 * Source: G. Y. Zou, A. Donner, Stat. Med. 27 (2008) 1693–1702 (ends of a difference).
 */
export function memoryEvidence(before: readonly MemoryGrowth[], after: readonly MemoryGrowth[]): Evidence {
  const dispersion = dispersionOf(before, after);
  const old = grownOnly(pooledOf(before, dispersion));
  const now = pooledOf(after, dispersion);
  const difference = now.rate - old.rate;
  const low = (tail: number): number => difference - Math.hypot(now.below(tail), old.above(tail));
  const high = (tail: number): number => difference + Math.hypot(now.above(tail), old.below(tail));
  return {
    before: rateOf(pooledOf(before, dispersion)),
    after: rateOf(now),
    difference: { rate: difference, low: low(intervalTail), high: high(intervalTail) },
    dispersion,
    riseChance: () => chanceAt((tail) => low(tail) > 0),
    fallChance: () => chanceAt((tail) => high(tail) < 0),
    leastChance: 0,
    detectable: (alpha) =>
      Math.hypot(now.below(alpha), old.above(alpha)) +
      Math.hypot(now.below(1 - seenWith), old.above(1 - seenWith)),
    timesNeeded: (rise) => (Math.hypot(now.above(intervalTail), old.below(intervalTail)) / rise) ** 2,
    leaks: now.rate - now.below(intervalTail) > 0,
  };
}

/** What a growth is known to at least, with a tail to each side. */
function pooledOf(runs: readonly MemoryGrowth[], { factor, freedom }: Dispersion): Pooled {
  const known = runs.map(({ slope }) => ({ slope, center: slope.quantile(0.5), weight: weightOf(slope) }));
  const total = known.reduce((sum, { weight }) => sum + weight, 0);
  const rate = known.reduce((sum, { center, weight }) => sum + (weight / total) * center, 0);
  const reach = (tail: number, end: (one: (typeof known)[number], tail: number) => number): number => {
    const errors = known.map((one) => (one.weight / total) * end(one, tail));
    const wider = freedom === undefined ? 1 : studentTQuantile(tail, freedom) / normalQuantile(tail);
    return Math.sqrt(factor) * wider * Math.hypot(...errors);
  };
  return {
    rate,
    below: (tail) => reach(tail, ({ slope, center }, at) => center - slope.quantile(at)),
    above: (tail) => reach(tail, ({ slope, center }, at) => slope.quantile(1 - at) - center),
  };
}

/** The same, with 0 for whatever is below. */
function grownOnly({ rate, below, above }: Pooled): Pooled {
  const grown = Math.max(0, rate);
  return {
    rate: grown,
    below: (tail) => grown - Math.max(0, rate - below(tail)),
    above: (tail) => Math.max(0, rate + above(tail)) - grown,
  };
}

function rateOf({ rate, below, above }: Pooled): Rate {
  return { rate, low: rate - below(intervalTail), high: rate + above(intervalTail) };
}

/** One over the variance; of memory without any noise it would have no end. */
function weightOf(slope: MemoryGrowth["slope"]): number {
  return 1 / Math.max(deviationOf(slope), leastDeviation) ** 2;
}

function deviationOf(slope: MemoryGrowth["slope"]): number {
  return (
    (slope.quantile(1 - intervalTail) - slope.quantile(intervalTail)) / (2 * normalQuantile(1 - intervalTail))
  );
}

/** Runs of one build that disagree by more than their own errors allow (Birge). */
function dispersionOf(before: readonly MemoryGrowth[], after: readonly MemoryGrowth[]): Dispersion {
  let [squares, freedom] = [0, 0];
  for (const runs of [before, after]) {
    const { rate } = pooledOf(runs, { factor: 1, freedom: undefined });
    for (const { slope } of runs) squares += (slope.quantile(0.5) - rate) ** 2 * weightOf(slope);
    freedom += runs.length - 1;
  }
  return dispersionOfRuns(squares, freedom);
}

/** The tail at which an end no longer holds: the surer, the further the end. */
function chanceAt(holds: (tail: number) => boolean): number {
  if (!holds(0.5 - leastTail)) return 0.5;
  let [low, high] = [Math.log(leastTail), Math.log(0.5)];
  for (let round = 0; round < halvings && high - low > 1e-4; round++) {
    const middle = (low + high) / 2;
    if (holds(Math.exp(middle))) high = middle;
    else low = middle;
  }
  return Math.exp((low + high) / 2);
}
