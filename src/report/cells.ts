import { formatBytes, formatDuration, formatNumber } from "../model/units.js";
import type { CriterionResult } from "../model/verdict.js";

/** What stands where there is no number. */
export const none = "–";
const hourMs = 3_600_000;
const yearHours = 365 * 24;
/** Smaller rates are told by their bound: seven digits help nobody. */
const smallest = 0.0001;

type Unit = CriterionResult["unit"];

/** `21 → 121 → 121`, and for bytes `34.2 → 80.1 → 60 MiB` where all three have the same unit. */
export function heldCell({ unit, baseline, peak, end }: CriterionResult): string {
  const values = [baseline, peak, end];
  if (values.every((value) => value === undefined)) return none;
  const texts = values.map((value) => amount(value, unit));
  const last = texts.at(-1)?.split(" ")[1];
  const isShared = last !== undefined && texts.every((text) => text.endsWith(` ${last}`));
  const shown = isShared ? texts.map((text) => text.split(" ")[0]) : texts;
  return `${shown.join(" → ")}${isShared ? ` ${last}` : ""}`;
}

export function rateCell({ unit, perOperation }: CriterionResult): string {
  return rate(perOperation, unit);
}

/** The rate and, where it is known, its 95% interval: `0.1 (0.09 to 0.11)`. */
export function rateWithInterval(result: CriterionResult): string {
  const { unit, low, high } = result;
  if (low === undefined || high === undefined) return rateCell(result);
  return `${rateCell(result)} (${rate(low, unit)} to ${rate(high, unit)})`;
}

export function limitCell({ unit, limit }: CriterionResult): string {
  return amount(limit, unit);
}

/** `3.2 h`, `12 d`, `4.1 y`. */
export function exhaustionCell({ hoursToExhaustion: hours }: CriterionResult): string {
  if (hours === undefined || !Number.isFinite(hours)) return none;
  const years = hours / yearHours;
  if (years > 100) return "> 100 y";
  return years > 2 ? `${formatNumber(years)} y` : formatDuration(hours * hourMs);
}

function amount(value: number | undefined, unit: Unit): string {
  if (value === undefined) return none;
  return unit === "bytes" ? formatBytes(value) : formatNumber(value);
}

function rate(value: number | undefined, unit: Unit): string {
  if (value === undefined) return none;
  if (unit === "bytes") return formatBytes(Math.abs(value) < 0.5 ? 0 : value);
  const isSmall = value !== 0 && Math.abs(value) < smallest;
  if (!isSmall) return formatNumber(value);
  return value > 0 ? `< ${smallest}` : `> -${smallest}`;
}
