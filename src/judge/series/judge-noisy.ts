import type { SeriesVerdict } from "../../model/series.js";
import type { Shape } from "../../model/verdict.js";
import type { Drift } from "../../stats/drift.js";
import { median } from "../../stats/median.js";
import { normalQuantile } from "../../stats/normal-quantile.js";
import { type Point, theilSen } from "../../stats/theil-sen.js";
import { rateText } from "../wording.js";
import { goingDrift } from "./going-drift.js";
import type { Jump } from "./jumps.js";
import { outcome } from "./outcome.js";
import type { Prepared } from "./prepared.js";

/** One-sided chance of what was seen without growth, above which nothing speaks for growth. */
const passAbove = 0.03;
/** Noise that three looks before the load must rise by to be more than it. */
const driftedBeyond = 5;
/** A jump up in the last part of the run may be the first of many. */
const lateShare = 0.7;
/** Share of line and late start below which the growth is a curve. */
const straightShare = 0.9;
/** Below this it certainly is one, and this is what is left of the chance to be wrong there. */
const bentShare = 0.05;
const curvedShare = 0.05;

/** Standard errors by which the growth must have abated. */
const abatingBeyond = 1;

interface Measured {
  readonly prepared: Prepared;
  readonly drift: Drift;
  readonly jumps: readonly Jump[];
  /** Of the jumps and restarts among the points. */
  readonly places: readonly number[];
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  readonly detectable: number;
  /** Probability that there is no growth. */
  readonly chance: number;
}

/**
 * Judges a level under noise, by the slope at which it goes on: see driftOf.
 * @param restarts operations after which the level began anew, as a restarted process does
 */
export function judgeNoisy(prepared: Prepared, restarts: readonly number[]): SeriesVerdict {
  const going = goingDrift(prepared, restarts);
  if (!going) return tooFew(prepared);
  const { drift, jumps, places } = going;
  const measured = { ...measure(prepared, drift, jumps), places };
  const [verdict, shape, reason] = decide(measured, restarts.length > 0);
  const { rate, low, high, detectable } = measured;
  const known = { verdict, shape, reason, perOperation: rate, low, high, detectable };
  return outcome(prepared, known, numbersOf(measured));
}

function measure(prepared: Prepared, drift: Drift, jumps: readonly Jump[]): Omit<Measured, "places"> {
  const { series, operations, rigour } = prepared;
  const known = series.kind === "count" ? drift.slope.withEvents(operations) : drift.slope;
  const reach = normalQuantile(1 - passAbove) + normalQuantile(rigour.power);
  return {
    prepared,
    drift,
    jumps,
    rate: known.quantile(0.5),
    low: known.quantile(0.025),
    high: known.quantile(0.975),
    // Less than one unit in the whole run is not seen by any look.
    detectable: Math.max(reach * drift.slope.deviation(), 1 / Math.max(1, operations)),
    chance: Math.max(0, drift.slope.cdf(0)),
  };
}

type Decision = readonly [SeriesVerdict["verdict"], Shape, string];

function decide(measured: Measured, isRestarted: boolean): Decision {
  const { prepared, rate } = measured;
  if (isGrowing(measured)) {
    if (!isRestarted && !isKept(measured)) {
      return [
        "inconclusive",
        "slow release",
        "it grew, but the drain gave back more than half: take a longer drain",
      ];
    }
    const shape = isRestarted ? "leak behind restarts" : leakShape(measured);
    return ["fail", shape, `it grows by ${rateText(rate, prepared.series.kind)} and does not stop growing`];
  }
  if (isOver(measured)) return ["pass", stableShape(measured), stableReason(measured)];
  return ["inconclusive", "unclear", "neither clearly growing nor clearly at rest: run longer to tell"];
}

function isGrowing({ prepared, drift, places, chance }: Measured): boolean {
  const straight = drift.shares.line + drift.shares.onset;
  const isFading = straight < straightShare && isAbating(withoutJumps(prepared.points, places), drift.noise);
  // A curve bends under noise that wanders as well: what goes on beneath one has to be so much surer.
  const alpha = prepared.rigour.alpha * (straight < bentShare ? curvedShare : 1);
  return chance < alpha && !isFading;
}

/** Nothing speaks for growth, and what has grown since the baseline did so at first, not at the end. */
function isOver({ prepared, drift, jumps, rate, chance }: Measured): boolean {
  const { points, start, end, operations } = prepared;
  const isLate = jumps.some(({ index, size }) => size > 0 && index > lateShare * points.length);
  const grown = end - start;
  return chance > passAbove && !isLate && (grown <= 3 * drift.noise || rate < grown / (4 * operations));
}

/** As if the level had not moved from the point before to each of these places. */
function withoutJumps(points: readonly Point[], places: readonly number[]): Point[] {
  let jumped = 0;
  return points.map(({ x, y }, index) => {
    if (places.includes(index)) jumped += y - (points[index - 1]?.y ?? y);
    return { x, y: y - jumped };
  });
}

/**
 * The last third rises by less than half of what the middle third did, by more than the noise of both: whatever it
 * is, it dies away.
 */
function isAbating(points: readonly Point[], noise: number): boolean {
  const third = Math.floor(points.length / 3);
  const last = points.slice(-third);
  const fall = slopeOf(points.slice(-2 * third, -third + 1)) - 2 * slopeOf(last);
  const span = (last.at(-1)?.x ?? 0) - (last[0]?.x ?? 0);
  // Standard error of a slope over equal distances: noise · √12 / (span · √n); here of one and of twice another.
  const error = (noise * Math.sqrt(12 * (1 + 4))) / (span * Math.sqrt(third));
  return fall > 0 && fall > abatingBeyond * error;
}

function slopeOf(points: readonly Point[]): number {
  return theilSen(points)?.slope ?? 0;
}

function isKept({ prepared: { points, start, end }, drift }: Measured): boolean {
  const last = median(points.slice(-3).map(({ y }) => y)) ?? start;
  return end - start > (last - start) / 2 - drift.noise;
}

/** By how much the first third rose, against the rate at which it goes on. */
function leakShape({ prepared: { points }, drift: { curve }, jumps, rate }: Measured): Shape {
  if (jumps.some(({ size }) => size < 0)) return "leak behind restarts";
  if (curve.kind === "line") return "steady leak";
  const first = slopeOf(points.slice(0, Math.ceil(points.length / 3)));
  if (first < rate / 2) return "late leak";
  return first > 1.3 * rate ? "leak on a pool" : "steady leak";
}

function stableShape({ prepared, drift: { curve, noise }, jumps }: Measured): Shape {
  if (prepared.drifted > driftedBeyond * noise) return "baseline drift";
  if (jumps.length > 0) return "one-off step";
  return curve.kind === "transient" ? "warm-up" : "flat";
}

const stableReasons: Partial<Record<Shape, string>> = {
  flat: "no growth that lasts",
  "warm-up": "a warm-up that dies away, not a leak",
  "one-off step": "one-off steps, and no growth between them",
  "baseline drift": "it was still rising before the load, and the load adds nothing that lasts",
};

function stableReason(measured: Measured): string {
  return stableReasons[stableShape(measured)] ?? "no growth that lasts";
}

function numbersOf({ prepared, drift, jumps, chance }: Measured): Record<string, number> {
  return {
    chanceOfNoGrowth: chance,
    lowAtAlpha: drift.slope.quantile(prepared.rigour.alpha),
    noise: drift.noise,
    correlation: drift.correlation,
    jumps: jumps.length,
    shareOfLine: drift.shares.line,
    shareOfTransient: drift.shares.transient,
    shareOfBend: drift.shares.bend,
    shareOfOnset: drift.shares.onset,
  };
}

function tooFew(prepared: Prepared): SeriesVerdict {
  const known = {
    verdict: "inconclusive",
    shape: "unclear",
    perOperation: 0,
    low: Number.NEGATIVE_INFINITY,
    high: Number.POSITIVE_INFINITY,
    detectable: Number.POSITIVE_INFINITY,
    reason: "too few points to tell noise from growth: take more batches",
  } as const;
  return outcome(prepared, known, {});
}
