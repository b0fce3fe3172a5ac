import { formatBytes, formatDuration, formatNumber } from "../model/units.js";
import type { CriterionResult, Rate } from "../model/verdict.js";
import { exponentialDecay } from "../stats/exponential-decay.js";
import type { Point } from "../stats/theil-sen.js";
import type { Judged } from "./criterion.js";
import { projected } from "./projected.js";
import type { RunView } from "./run-view.js";
import { measureOf } from "./series-of-criterion.js";

const hourMs = 3_600_000;
/** Growth without load must be this many times what a pause of the load could leave by chance. */
const fewestUnits = 3;
const leastBytes = 256 * 1024;
/** By time and not by load: the idle rate is within these shares of the rate under load. */
const alike = { least: 0.5, most: 2 };

/**
 * What the drain tells beside its end: a leak that goes on without load at the same pace is driven by time, and is
 * told per hour; a slow release is told with the time in which it gave back half.
 */
export function withIdle(view: RunView, judged: Judged): Judged {
  const { result } = judged;
  if (result.verdict === "fail") return { ...judged, result: withTime(view, result) };
  return result.shape === "slow release" ? { ...judged, result: withHalfLife(view, result) } : judged;
}

function withTime(view: RunView, result: CriterionResult): CriterionResult {
  const perHour = drivenByTime(view, result);
  if (!perHour || !["tasks", "fds", "memory"].includes(result.id)) return result;
  const amount = result.unit === "bytes" ? formatBytes(perHour.rate) : formatNumber(perHour.rate);
  const { perOperation: rate = 0, low = 0, high = 0 } = result;
  return {
    ...result,
    ...projected(view, result.id, { rate: { rate, low, high }, perHour }),
    shape: "leak over time",
    perHour,
    reason: `${result.reason}; it goes on without load: time drives it, by ${amount} an hour`,
  };
}

/** The growth per hour, when the drain grew at the pace of the load. */
function drivenByTime(view: RunView, result: CriterionResult): Rate | undefined {
  const { perOperation = 0, low = 0, high = 0 } = result;
  const hours = loadHours(view);
  const idle = idleGrowth(view, result);
  if (perOperation <= 0 || hours <= 0 || idle === undefined) return undefined;
  const perHour = (rate: number): number => (rate * view.ended) / hours;
  const share = idle / perHour(perOperation);
  if (share < alike.least || share > alike.most) return undefined;
  return { rate: perHour(perOperation), low: perHour(low), high: perHour(high) };
}

/** Per hour, without load; undefined where it is too little to be told from none. */
function idleGrowth(view: RunView, result: CriterionResult): number | undefined {
  const points = idlePoints(view, result);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || last.x <= first.x) return undefined;
  const grown = last.y - first.y;
  if (grown < (result.unit === "bytes" ? leastBytes : fewestUnits)) return undefined;
  return (grown * hourMs) / (last.x - first.x);
}

/** Pauses included: what time drives has grown in them, too. */
function loadHours({ baseline, batches }: RunView): number {
  const from = baseline.at(-1)?.atMs ?? 0;
  return Math.max(0, (batches.at(-1)?.atMs ?? from) - from) / hourMs;
}

function withHalfLife(view: RunView, result: CriterionResult): CriterionResult {
  const points = idlePoints(view, result);
  const halfLifeMs = exponentialDecay(points)?.halfLife ?? halfTime(points);
  if (halfLifeMs === undefined) return result;
  return {
    ...result,
    numbers: { ...result.numbers, halfLifeMs },
    reason: `${result.reason}; half of it was given back within about ${formatDuration(halfLifeMs)}`,
  };
}

/** When half of what was to be given back was, on a straight line between two looks. */
function halfTime(points: readonly Point[]): number | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first.y <= last.y) return undefined;
  const half = (first.y + last.y) / 2;
  const index = points.findIndex(({ y }) => y <= half);
  const [before, after] = [points[index - 1], points[index]];
  if (!before || !after) return undefined;
  return before.x + ((before.y - half) / (before.y - after.y)) * (after.x - before.x);
}

/** x: milliseconds since the last batch had settled; y: what was held. */
function idlePoints(view: RunView, { id }: CriterionResult): Point[] {
  const measure = measureOf(view, id);
  const start = view.batches.at(-1);
  if (!measure || !start) return [];
  return [start, ...view.draining, ...view.drain].flatMap((look) => {
    const y = measure(look);
    return y === undefined ? [] : [{ x: look.atMs - start.atMs, y }];
  });
}
