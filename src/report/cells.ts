import { formatBytes, formatDuration, formatNumber } from "../model/units.js";
import type { CriterionResult, Rate } from "../model/verdict.js";

/** What stands where there is no number. */
export const none = "–";
const hourMs = 3_600_000;
const secondsPerHour = 3600;
const yearHours = 365 * 24;
/** Smaller rates are told by their bound: seven digits help nobody. */
const smallest = 0.0001;

export type Unit = CriterionResult["unit"];

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

/** `0.1`, or where time drives it and not the load `60/h`. By the second in a record, it is told by the hour. */
export function rateCell({ unit, perOperation, perHour, per }: CriterionResult): string {
  if (perHour !== undefined) return `${rate(perHour.rate, unit)}/h`;
  return rate(scaled(perOperation, per), unit);
}

/** What people read for what a record counts: an hour for a second. */
export function scaled(value: number | undefined, per: CriterionResult["per"]): number | undefined {
  return value === undefined || per !== "second" ? value : value * secondsPerHour;
}

/** `per operation`, `per hour` */
export function perWords(per: CriterionResult["per"]): string {
  return per === "second" ? "per hour" : "per operation";
}

/** The rate and, where it is known, its 95% interval: `0.1 (0.09 to 0.11)`. */
export function rateWithInterval(result: CriterionResult): string {
  return `${rateCell(result)}${intervalOf(result.perHour ?? result, result.unit)}`;
}

/** `0.1 per operation (0.09 to 0.11)`, `60 per hour (54 to 66)` */
export function ratePerUnit(result: CriterionResult): string {
  const { perOperation, per, unit } = result;
  return `${rate(scaled(perOperation, per), unit)} ${perWords(per)}${intervalOf(result, unit)}`;
}

/** `12 per hour (10 to 14)` */
export function ratePerHour(perHour: Rate, unit: Unit): string {
  return `${rate(perHour.rate, unit)} per hour${intervalOf(perHour, unit)}`;
}

function intervalOf({ low, high, per }: Pick<CriterionResult, "low" | "high" | "per">, unit: Unit): string {
  if (low === undefined || high === undefined) return "";
  return ` (${rate(scaled(low, per), unit)} to ${rate(scaled(high, per), unit)})`;
}

export function limitCell({ unit, limit }: CriterionResult): string {
  return amount(limit, unit);
}

/** `1024 (soft RLIMIT_NOFILE)` */
export function ceilingCell(result: CriterionResult): string {
  const { limit, ceiling } = result;
  return limit === undefined || ceiling === undefined
    ? limitCell(result)
    : `${limitCell(result)} (${ceiling})`;
}

/** `3.2 h`, `12 d`, `4.1 y`. */
export function exhaustionCell({ hoursToExhaustion: hours }: CriterionResult): string {
  return hours === undefined || !Number.isFinite(hours) ? none : span(hours);
}

/** With the interval where it is known: `9.1 h (8.7 to 9.6)`, `9.1 h (8.7 h or more)`. */
export function exhaustionWithInterval(result: CriterionResult): string {
  const { hoursLow: low, hoursHigh: high } = result;
  const cell = exhaustionCell(result);
  if (cell === none || low === undefined) return cell;
  if (high === undefined || !Number.isFinite(high)) return `${cell} (${span(low)} or more)`;
  const ends = [span(low), span(high)];
  if (ends.every((end) => end === cell)) return cell;
  const unit = cell.split(" ")[1];
  const isShared = unit !== undefined && ends.every((end) => end.split(" ")[1] === unit);
  return `${cell} (${ends.map((end) => (isShared ? end.split(" ")[0] : end)).join(" to ")})`;
}

/**
 * The smallest growth that would have been seen, per operation: `1 per 333`, `2.5 each`, for bytes `1.2 KiB`; of a
 * watch `11/h`.
 * Nothing for a failure, which has seen one.
 */
export function seesCell({ verdict, unit, detectable, per }: CriterionResult): string {
  if (verdict === "fail" || detectable === undefined || Number.isNaN(detectable)) return none;
  if (detectable === Number.POSITIVE_INFINITY) return "nothing";
  if (per === "second") return `${rate(scaled(detectable, per), unit)}/h`;
  if (unit === "bytes") return formatBytes(detectable);
  return detectable > 1 ? `${formatNumber(detectable)} each` : `1 per ${Math.floor(1 / detectable)}`;
}

function span(hours: number): string {
  if (hours <= 0) return "now";
  const years = hours / yearHours;
  if (years > 100) return "> 100 y";
  return years > 2 ? `${formatNumber(years)} y` : formatDuration(hours * hourMs);
}

/** `34.2 MiB`, `21`, or `–`. */
export function amount(value: number | undefined, unit: Unit): string {
  if (value === undefined) return none;
  return unit === "bytes" ? formatBytes(value) : formatNumber(value);
}

/** Growth per operation: `578 B`, `0.88`, `< 0.0001`, or `–`. */
export function rate(value: number | undefined, unit: Unit): string {
  if (value === undefined) return none;
  if (unit === "bytes") return formatBytes(Math.abs(value) < 0.5 ? 0 : value);
  const isSmall = value !== 0 && Math.abs(value) < smallest;
  if (!isSmall) return formatNumber(value);
  return value > 0 ? `< ${smallest}` : `> -${smallest}`;
}
