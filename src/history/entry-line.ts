import { isDay } from "../model/day.js";
import {
  type HistoryCriterion,
  type HistoryEntry,
  type HistoryFinding,
  historyVersion,
} from "../model/history.js";
import { criterionIds, type Rate } from "../model/verdict.js";

/** An entry as a line of NDJSON, with its line break. */
export function lineOf(entry: HistoryEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

/** `newer`: of a version that this tool does not know. `broken`: no entry at all. */
export type ReadLine = HistoryEntry | "newer" | "broken";

/** What a line says. It may come from anywhere: an artifact, a hand, half a write. */
export function readLine(line: string): ReadLine {
  const value = parsed(line);
  if (!isObject(value) || typeof value["version"] !== "number") return "broken";
  if (value["version"] > historyVersion) return "newer";
  return isEntry(value) ? value : "broken";
}

type Fields = Readonly<Record<string, unknown>>;

export function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const texts = ["id", "night", "target", "scenario", "tool", "kernel"] as const;
const numbers = ["startedAtMs", "durationMs", "repeat", "landed"] as const;
const verdicts = new Set<unknown>(["pass", "fail", "inconclusive", "unchecked", "broke"]);
const criterionVerdicts = new Set<unknown>(["pass", "fail", "inconclusive", "unchecked", "dropped"]);
const ids = new Set<unknown>(criterionIds);

function isEntry(value: Fields): value is Fields & HistoryEntry {
  return (
    texts.every((name) => isText(value[name]) && value[name] !== "") &&
    numbers.every((name) => isNumber(value[name])) &&
    isDay(String(value["night"])) &&
    verdicts.has(value["verdict"]) &&
    isListOf(value["criteria"], isCriterion) &&
    isListOf(value["findings"], isFinding) &&
    [value["commit"], value["report"]].every((each) => each === undefined || isText(each)) &&
    (value["quarantine"] === undefined || isQuarantine(value["quarantine"]))
  );
}

function isCriterion(value: unknown): value is HistoryCriterion {
  if (!isObject(value)) return false;
  const { id, verdict, unit, rate } = value;
  return (
    ids.has(id) &&
    criterionVerdicts.has(verdict) &&
    (unit === "count" || unit === "bytes") &&
    (rate === undefined || isRate(rate))
  );
}

function isRate(value: unknown): value is Rate {
  return isObject(value) && [value["rate"], value["low"], value["high"]].every((each) => isNumber(each));
}

function isFinding(value: unknown): value is HistoryFinding {
  if (!isObject(value)) return false;
  const { criterion, summary, at } = value;
  return ids.has(criterion) && isText(summary) && (at === undefined || isText(at));
}

function isQuarantine(value: unknown): boolean {
  return isObject(value) && isText(value["reason"]) && isText(value["until"]);
}

function isListOf(value: unknown, is: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every((each) => is(each));
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
