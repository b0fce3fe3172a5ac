import { formatNumber } from "../model/units.js";

/** `1 process`, `3 processes` */
export function counted(count: number, [one, many]: readonly [string, string]): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** `99 processes were left by 1000 operations (0.099 each)` */
export function leftBy(left: number, operations: number, noun: readonly [string, string]): string {
  const each = formatNumber(left / Math.max(1, operations));
  return `${counted(left, noun)} ${left === 1 ? "was" : "were"} left by ${operations} operations (${each} each)`;
}

/** The power of having seen nothing, by the rule of three. */
export function powerOf(operations: number): string {
  return `anything above 1 per ${Math.max(1, Math.floor(operations / 3))} operations would have been seen`;
}
