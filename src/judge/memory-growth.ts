import type { Verdict } from "../model/verdict.js";
import type { Point } from "../stats/theil-sen.js";
import type { Levels } from "./levels.js";
import { isRising, laterHalf, trendOf } from "./trend.js";

export interface MemoryGrowth {
  readonly verdict: Extract<Verdict, "pass" | "fail" | "inconclusive">;
  /** Bytes per operation, and the 95% interval. */
  readonly perOperation: number;
  readonly low: number;
  readonly high: number;
}

export interface MemoryLimits {
  readonly budgetBytes: number;
  readonly operationsPerDay: number;
}

/** Fails when a day of the least likely growth is over the budget, passes when a day of the most likely is within. */
export function judgeMemoryGrowth(levels: Levels, limits: MemoryLimits): MemoryGrowth {
  const all = [{ x: 0, y: levels.baseline }, ...levels.points];
  const trend = trendOf(pastWarmUp(all)) ?? {
    slope: 0,
    low: Number.NEGATIVE_INFINITY,
    high: Number.POSITIVE_INFINITY,
  };
  const growth = { perOperation: trend.slope, low: trend.low, high: trend.high };
  if (trend.high * limits.operationsPerDay <= limits.budgetBytes) return { verdict: "pass", ...growth };
  const isOver = trend.low * limits.operationsPerDay > limits.budgetBytes;
  const isLeak = isOver && isRising(laterHalf(levels.points)) && isUnabated(all) && isKept(levels);
  return { verdict: isLeak ? "fail" : "inconclusive", ...growth };
}

/** Grown beyond the whole budget within the run, still growing late, and kept: seen from outside, whatever the runtime says. */
export function isOutgrown(levels: Levels, budgetBytes: number): boolean {
  const growth = (levels.end ?? levels.baseline) - levels.baseline;
  return growth > budgetBytes && isRising(laterHalf(levels.points)) && isKept(levels);
}

/** A young process still warms up: when the first third is the steepest, it is left out. */
function pastWarmUp(points: readonly Point[]): readonly Point[] {
  const third = Math.floor(points.length / 3);
  const early = trendOf(points.slice(0, third + 1))?.slope ?? 0;
  const rest = points.slice(third);
  const late = trendOf(rest)?.slope ?? 0;
  return early > late ? rest : points;
}

/** A warm-up dies away: over the later two thirds, its second half rises far less than its first. A leak goes on. */
function isUnabated(points: readonly Point[]): boolean {
  const rest = points.slice(Math.floor(points.length / 3));
  const half = Math.floor(rest.length / 2);
  const before = trendOf(rest.slice(0, half + 1))?.slope ?? 0;
  const after = trendOf(rest.slice(half))?.slope ?? 0;
  return after >= before / 2;
}

/** The drain gave back less than half of what had come since the baseline. */
function isKept({ baseline, points, end }: Levels): boolean {
  const last = points.at(-1)?.y ?? baseline;
  return end !== undefined && end - baseline > (last - baseline) / 2;
}
