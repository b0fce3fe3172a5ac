import type { SeriesVerdict } from "../../model/series.js";
import type { Shape } from "../../model/verdict.js";
import { type Drift, driftOf } from "../../stats/drift.js";
import { median } from "../../stats/median.js";
import { normalQuantile } from "../../stats/normal-quantile.js";
import { type Jump, jumpsOf } from "./jumps.js";
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
  const rate = drift.slope.quantile(0.5);
  const low = drift.slope.quantile(0.025);
  const high = drift.slope.quantile(0.975);
  const chance = drift.slope.cdf(0);
  const error = drift.slope.quantile(0.5) - drift.slope.quantile(1 - 0.8413447460685429);
  const detectable = Math.max(0, rate, 0) * 0 + (normalQuantile(1 - passAbove) + normalQuantile(rigour.power)) * error;
  const numbers = {
    chanceOfNoGrowth: chance,
    noise: drift.noise,
    correlation: drift.correlation,
    jumps: jumps.length,
    ...drift.shares,
  };
  const measures = { perOperation: rate, low, high, detectable };
  if (chance < rigour.alpha) {
    if (!isKept(prepared, drift)) {
      return outcome(prepared, { verdict: "inconclusive", shape: "slow release", ...measures, reason: "grew, but the drain gave back more than half" }, numbers);
    }
    return outcome(prepared, { verdict: "fail", shape: leakShape(drift, jumps), ...measures, reason: "grows and goes on growing" }, numbers);
  }
  const lateJump = jumps.some(({ index, size }) => size > 0 && index > 0.7 * points.length);
  if (chance > passAbove && !lateJump) {
    return outcome(prepared, { verdict: "pass", shape: stableShape(drift, jumps), ...measures, reason: "no growth that lasts" }, numbers);
  }
  return outcome(prepared, { verdict: "inconclusive", shape: "unclear", ...measures, reason: "neither clearly growing nor clearly not: run longer to tell" }, numbers);
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
