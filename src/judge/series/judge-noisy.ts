import type { SeriesVerdict } from "../../model/series.js";
import type { Shape } from "../../model/verdict.js";
import { type Drift, driftOf } from "../../stats/drift.js";
import { median } from "../../stats/median.js";
import { normalQuantile } from "../../stats/normal-quantile.js";
import { type Jump, jumpsOf } from "./jumps.js";
import { type Point, theilSen } from "../../stats/theil-sen.js";
import { outcome } from "./outcome.js";
import type { Prepared } from "./prepared.js";

/** Counts are rounded: the variance of a uniform error of one. */
const roundingVariance = 1 / 12;
const passAbove = 0.03;

/** Judges a level under noise: by the slope at which it goes on. */
export function judgeNoisy(prepared: Prepared): SeriesVerdict {
  const { points, series, rigour } = prepared;
  const jumps = jumpsOf(points);
  const drift = driftOf(points, {
    jumps: jumps.map(({ index }) => index),
    leastVariance: series.kind === "count" ? roundingVariance : 0,
  });
  if (!drift) return tooFew(prepared);
  const known = series.kind === "count" ? drift.slope.withEvents(prepared.operations) : drift.slope;
  const rate = known.quantile(0.5);
  const low = known.quantile(0.025);
  const high = known.quantile(0.975);
  const chance = drift.slope.cdf(0);
  const error = drift.slope.deviation();
  const detectable = (normalQuantile(1 - passAbove) + normalQuantile(rigour.power)) * error;
  const numbers = {
    chanceOfNoGrowth: chance,
    noise: drift.noise,
    correlation: drift.correlation,
    jumps: jumps.length,
    ...drift.shares,
  };
  const measures = { perOperation: rate, low, high, detectable };
  const isCurved = drift.shares.line + drift.shares.onset < 0.9;
  if (chance < rigour.alpha && !(isCurved && isAbating(points))) {
    if (!isKept(prepared, drift)) {
      return outcome(prepared, { verdict: "inconclusive", shape: "slow release", ...measures, reason: "grew, but the drain gave back more than half" }, numbers);
    }
    return outcome(prepared, { verdict: "fail", shape: leakShape(drift, jumps), ...measures, reason: "grows and goes on growing" }, numbers);
  }
  const lateJump = jumps.some(({ index, size }) => size > 0 && index > 0.7 * points.length);
  const grown = prepared.end - prepared.start;
  const isOver = grown < 3 * drift.noise || rate < grown / (4 * prepared.operations);
  if (chance > passAbove && !lateJump && isOver) {
    return outcome(prepared, { verdict: "pass", shape: stableShape(drift, jumps), ...measures, reason: "no growth that lasts" }, numbers);
  }
  return outcome(prepared, { verdict: "inconclusive", shape: "unclear", ...measures, reason: "neither clearly growing nor clearly not: run longer to tell" }, numbers);
}

/** The last third rises by less than half of what the middle third did: whatever it is, it dies away. */
function isAbating(points: readonly Point[]): boolean {
  const third = Math.floor(points.length / 3);
  const middle = slopeOf(points.slice(-2 * third, -third + 1));
  const last = slopeOf(points.slice(-third));
  return last < middle / 2;
}

function slopeOf(points: readonly Point[]): number {
  return theilSen(points)?.slope ?? 0;
}

function tooFew(prepared: Prepared): SeriesVerdict {
  return outcome(
    prepared,
    {
      verdict: "inconclusive",
      shape: "unclear",
      perOperation: 0,
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
      detectable: Number.POSITIVE_INFINITY,
      reason: "too few points",
    },
    {},
  );
}

function isKept({ points, start, end }: Prepared, { noise }: Drift): boolean {
  const last = median(points.slice(-3).map(({ y }) => y)) ?? start;
  return end - start > (last - start) / 2 - noise;
}

function leakShape({ curve }: Drift, jumps: readonly Jump[]): Shape {
  if (jumps.some(({ size }) => size < 0)) return "leak behind restarts";
  if (curve.kind === "onset") return "late leak";
  return curve.kind === "line" ? "steady leak" : "leak on a pool";
}

function stableShape({ curve }: Drift, jumps: readonly Jump[]): Shape {
  if (jumps.length > 0) return "one-off step";
  return curve.kind === "transient" ? "warm-up" : "flat";
}
