import type { SeriesVerdict } from "../model/series.js";
import type { CriterionResult } from "../model/verdict.js";
import { formatBytes, formatNumber } from "../model/units.js";
import { perWords, rate, scaled, type Unit } from "./cells.js";

/** What both a series and a criterion tell of their growth. */
export type Growth = Pick<
  SeriesVerdict | CriterionResult,
  "perOperation" | "low" | "high" | "detectable" | "perHour"
> &
  Pick<CriterionResult, "per">;

/** `0.1 (0.09 to 0.11) per operation`; where time drives it, also per hour. */
export function growthText({ perOperation, low, high, perHour, per }: Growth, unit: Unit): string {
  const [rate, least, most] = [perOperation, low, high].map((value) => scaled(value, per));
  const byLoad = `${withInterval({ rate, low: least, high: most }, unit)} ${perWords(per)}`;
  if (!perHour) return isKnown(perOperation) ? byLoad : "not known";
  return `${byLoad}; ${withInterval(perHour, unit)} per hour`;
}

/** The power of the judgement. */
export function detectableText({ detectable, per }: Growth, unit: Unit): string {
  if (!isKnown(detectable)) return "no growth, however large, would have been seen for sure";
  if (per === "second")
    return `anything above ${rate(scaled(detectable, per), unit)} per hour would have been seen`;
  return `anything above ${least(detectable, unit)} would have been seen`;
}

function least(detectable: number, unit: Unit): string {
  if (unit === "bytes") return `${formatBytes(detectable)} per operation`;
  if (detectable >= 1 || detectable <= 0) return `${formatNumber(detectable)} per operation`;
  return `1 per ${formatNumber(Math.floor(1 / detectable))} operations`;
}

interface Interval {
  readonly rate: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
}

function withInterval(interval: Interval, unit: Unit): string {
  const { low, high } = interval;
  const middle = rate(interval.rate, unit);
  return isKnown(low) && isKnown(high) ? `${middle} (${rate(low, unit)} to ${rate(high, unit)})` : middle;
}

function isKnown(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}
