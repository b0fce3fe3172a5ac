import { formatBytes, formatDuration, formatNumber } from "../model/units.js";
import type { RunView } from "./run-view.js";

const secondsPerHour = 3600;

/** What rates are told by: operations, or in a watch without a count of them seconds. */
export type Unit = "operations" | "seconds";

/** `1 process`, `3 processes` */
export function counted(count: number, [one, many]: readonly [string, string]): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** What was left, and during what. */
export type Exposure = Pick<RunView, "ended" | "unit">;

/** `99 processes were left by 1000 operations (0.099 each)`, `in 30 min of watching (198 per hour)` */
export function leftBy(left: number, during: Exposure, noun: readonly [string, string]): string {
  return `${counted(left, noun)} ${left === 1 ? "was" : "were"} left ${duringText(left, during)}`;
}

/** `by 1000 operations (0.099 each)`, `in 30 min of watching (198 per hour)` */
function duringText(units: number, { ended, unit }: Exposure): string {
  const rate = units / Math.max(1, ended);
  if (unit === "operations") return `by ${ended} operations (${formatNumber(rate)} each)`;
  return `in ${spanText(ended)} of watching (${rateText(rate, "count", unit)})`;
}

/** `30 min` */
export function spanText(seconds: number): string {
  return formatDuration(1000 * seconds);
}

/** `1 per 333 operations`, `2 per operation`, `1.2 KiB per operation`; `11 per hour`, `1.2 MiB per hour` */
export function rateText(rate: number, kind: "count" | "memory", unit: Unit = "operations"): string {
  if (!Number.isFinite(rate)) return "any rate";
  if (unit === "seconds") return hourlyText(rate, kind);
  if (kind === "memory") return `${formatBytes(rate)} per operation`;
  if (rate <= 0) return "0 per operation";
  return rate < 1 ? `1 per ${Math.floor(1 / rate)} operations` : `${formatNumber(rate)} per operation`;
}

function hourlyText(perSecond: number, kind: "count" | "memory"): string {
  if (kind === "memory") return `${formatBytes(perSecond * secondsPerHour)} per hour`;
  if (perSecond >= 1) return `${formatNumber(perSecond)} per second`;
  return `${formatNumber(Math.max(0, perSecond) * secondsPerHour)} per hour`;
}

/** What a pass would have seen. */
export function seenText(detectable: number, kind: "count" | "memory", unit: Unit = "operations"): string {
  if (!Number.isFinite(detectable)) return "no leak of any rate would have been seen";
  return `anything above ${rateText(detectable, kind, unit)} would have been seen`;
}
