import { formatBytes, formatNumber } from "../model/units.js";

/** `1 process`, `3 processes` */
export function counted(count: number, [one, many]: readonly [string, string]): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** `99 processes were left by 1000 operations (0.099 each)` */
export function leftBy(left: number, operations: number, noun: readonly [string, string]): string {
  const each = formatNumber(left / Math.max(1, operations));
  return `${counted(left, noun)} ${left === 1 ? "was" : "were"} left by ${operations} operations (${each} each)`;
}

/** `1 per 333 operations`, `2 per operation`, `1.2 KiB per operation` */
export function rateText(perOperation: number, kind: "count" | "memory"): string {
  if (!Number.isFinite(perOperation)) return "any rate";
  if (kind === "memory") return `${formatBytes(perOperation)} per operation`;
  if (perOperation <= 0) return "0 per operation";
  return perOperation < 1
    ? `1 per ${Math.floor(1 / perOperation)} operations`
    : `${formatNumber(perOperation)} per operation`;
}

/** What a pass would have seen. */
export function seenText(detectable: number, kind: "count" | "memory"): string {
  if (!Number.isFinite(detectable)) return "no leak of any rate would have been seen";
  return `anything above ${rateText(detectable, kind)} would have been seen`;
}
