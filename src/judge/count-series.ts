import type { Verdict } from "../model/verdict.js";
import { ruleOfThree } from "../stats/rule-of-three.js";
import type { Point } from "../stats/theil-sen.js";
import { counted, leftBy, powerOf } from "./wording.js";
import { isRising, isSustained, laterHalf, trendOf } from "./trend.js";

/** A resource over the quiescent points, as a count above the baseline. */
export interface CountSeries {
  /** x: operations ended; y: held above the baseline, for a set the members not there at the baseline. */
  readonly points: readonly Point[];
  /** Above the baseline after the drain. */
  readonly residual: number;
  /** How much of the residual stands in for members of the same kind that have gone. */
  readonly replaced: number;
  readonly allow: number;
  /** For a set: for each survivor of the drain the x at which it was first there; undefined = during the drain. */
  readonly births: readonly (number | undefined)[] | undefined;
  /** Singular and plural. */
  readonly noun: readonly [string, string];
}

export interface SeriesVerdict {
  readonly verdict: Extract<Verdict, "pass" | "fail" | "inconclusive">;
  readonly perOperation: number;
  readonly low: number;
  readonly high: number;
  readonly reason: string;
}

/** Without identities, fewer points than this cannot tell swings from growth. */
const leastForSwings = 12;

/**
 * Judges one series of counts: given back exactly, growing, a one-off step, swings, or unclear.
 * It expects the least number of points to have been checked.
 */
export function judgeCounts(series: CountSeries): SeriesVerdict {
  if (series.residual > series.allow && isGrowing(series)) return growing(series);
  const net = series.residual - series.replaced;
  if (net <= 0) return clean(series);
  const left = counted(net, series.noun);
  if (net <= series.allow) return steady(series, `${left} left, which the scenario allows`);
  if (isFlat(series)) return steady(series, `a one-off step or pool of ${left}, not growing`);
  if (isSwinging(series))
    return steady(series, `${series.noun[1]} swing by ${swing(series)} without a trend`);
  return unclear(series, left);
}

function isGrowing(series: CountSeries): boolean {
  const rise = series.births ? cumulated(series.points, series.births) : series.points;
  if (!isSustained([{ x: 0, y: 0 }, ...rise])) return false;
  return series.births ? isBornOnAndOn(series, series.births) : isRising(later(series)) && isKept(series);
}

/** How many of the survivors were there already at each point. */
function cumulated(points: readonly Point[], births: readonly (number | undefined)[]): Point[] {
  return points.map(({ x }) => ({
    x,
    y: births.filter((birth) => birth !== undefined && birth <= x).length,
  }));
}

/**
 * Survivors came in many batches. A pool whose members come and go has survivors of many batches as well,
 * so the number of new members must be growing too.
 */
function isBornOnAndOn(series: CountSeries, births: readonly (number | undefined)[]): boolean {
  const window = later(series);
  const all = new Set(births.filter((birth) => birth !== undefined));
  const late = window.filter(({ x }) => all.has(x)).length;
  const many = late >= 3 || (late >= 1 && all.size >= 0.6 * series.points.length);
  return many && (trendOf(window)?.slope ?? 0) > 0;
}

/** The drain gave back less than half of what had come in the later half. */
function isKept(series: CountSeries): boolean {
  const window = later(series);
  const start = window[0]?.y ?? 0;
  const rise = (window.at(-1)?.y ?? 0) - start;
  return series.residual - start > rise / 2;
}

function later(series: CountSeries): readonly Point[] {
  return laterHalf(series.points);
}

/** Nothing new has stayed in the later half. */
function isFlat({ births, points, residual }: CountSeries): boolean {
  const window = points.slice(-Math.max(3, Math.ceil(points.length / 2)));
  const start = window[0] ?? { x: 0, y: 0 };
  if (births) return births.every((birth) => birth !== undefined && birth <= start.x);
  return residual <= start.y && window.every(({ y }) => y === start.y);
}

/** No trend, and the end is no higher than the target has been, on its own, well before the end. */
function isSwinging(series: CountSeries): boolean {
  if (series.births || series.points.length < leastForSwings || isRising(later(series))) return false;
  const before = later(series).slice(0, Math.ceil(later(series).length / 2));
  return series.residual <= Math.max(...before.map(({ y }) => y));
}

function swing(series: CountSeries): number {
  const ys = later(series).map(({ y }) => y);
  return Math.max(...ys) - Math.min(...ys);
}

function growing(series: CountSeries): SeriesVerdict {
  const operations = lastX(series);
  const trend = trendOf([{ x: 0, y: 0 }, ...series.points]);
  const mean = series.residual / operations;
  const perOperation = trend && trend.slope > 0 ? trend.slope : mean;
  return {
    verdict: "fail",
    perOperation,
    low: Math.min(perOperation, Math.max(0, trend?.low ?? 0)),
    high: Math.max(perOperation, trend?.high ?? 0),
    reason: `${leftBy(series.residual, operations, series.noun)}, still growing in the later half`,
  };
}

function clean(series: CountSeries): SeriesVerdict {
  const late = (series.points.at(-1)?.y ?? 0) - series.residual;
  const reason = [
    series.replaced > 0
      ? `${counted(series.replaced, series.noun)} replaced by others of the kind`
      : undefined,
    "none was left",
    late > 0 && series.residual <= 0
      ? `${late} given back only in the drain: a slow release, not a leak`
      : undefined,
    powerOf(lastX(series)),
  ].filter((part) => part !== undefined);
  return {
    verdict: "pass",
    perOperation: 0,
    low: 0,
    high: ruleOfThree(lastX(series)),
    reason: reason.join("; "),
  };
}

/** Not clean, and not growing: its power is that of the later half alone. */
function steady(series: CountSeries, what: string): SeriesVerdict {
  const window = later(series);
  const operations = lastX(series) - (window[0]?.x ?? 0);
  const trend = trendOf(window) ?? { slope: 0, low: 0, high: 0 };
  const high = Math.max(ruleOfThree(operations), trend.high);
  const seen = `growth above 1 per ${Math.max(1, Math.floor(1 / high))} operations would have been seen`;
  return { verdict: "pass", perOperation: trend.slope, low: trend.low, high, reason: `${what}; ${seen}` };
}

function unclear(series: CountSeries, left: string): SeriesVerdict {
  const operations = lastX(series);
  const trend = trendOf([{ x: 0, y: 0 }, ...series.points]) ?? { slope: 0, low: 0, high: 0 };
  return {
    verdict: "inconclusive",
    perOperation: trend.slope,
    low: trend.low,
    high: Math.max(trend.high, ruleOfThree(operations)),
    reason: `${left} left, neither clearly growing nor clearly a one-off: run ${2 * operations} operations to tell`,
  };
}

function lastX({ points }: CountSeries): number {
  return points.at(-1)?.x ?? 0;
}
