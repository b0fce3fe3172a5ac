import { formatBytes, formatNumber } from "../../model/units.js";
import { type Paint, paintOf } from "../paint.js";
import { fitted } from "./parts.js";
import { sparkline } from "./sparkline.js";
import type { Row } from "./state.js";

const columns = { what: 11, value: 9, kept: 10 } as const;
const leastSpark = 8;
const mostSpark = 60;
const growing = "grows";
const gap = 2;
/** Below this much of its level memory is flat, and a count below one for each bar. */
const flat = { memoryShare: 0.1, counts: 7 } as const;

interface Plan {
  readonly hasBaseline: boolean;
  /** Columns of the curve; 0 = there is none. */
  readonly spark: number;
  readonly hasWord: boolean;
}

/** Without the curve, with a head: for a look at one moment. */
export function resourceTable(rows: readonly Row[], room: number): string[] {
  const paint = paintOf(false);
  const widest = columns.what + 2 * columns.value + columns.kept;
  const plan = { hasBaseline: room >= widest, spark: 0, hasWord: false };
  if (room < widest - columns.value) return resourceLines(rows, room, paint);
  return [headOf(plan, "more", ""), ...rows.map((row) => lineOf(row, plan, paint))];
}

/** One line for each resource: now, at the baseline, what was kept since, and the curve at the points of quiet. */
export function resourceLines(rows: readonly Row[], room: number, paint: Paint): string[] {
  if (room < columns.what + columns.value + columns.kept)
    return rows.map((row) => resourcesLine([row], room));
  return rows.map((row) => lineOf(row, planFor(room), paint));
}

/** @param when the points of the curve were seen */
export function resourceHead(room: number, when: readonly string[], paint: Paint): string {
  const plan = planFor(room);
  const curve = when.find((text) => text.length <= plan.spark) ?? "";
  return paint.faint(fitted([{ text: headOf(plan, "kept", curve), rank: 0 }], room));
}

/** The same on one line: `fds 31 +6  tasks 25 =`. */
export function resourcesLine(rows: readonly Row[], room: number): string {
  const parts = rows.map((row, rank) => ({
    text: [row.what, amount(row, row.now), kept(row)].join(" ").trimEnd(),
    rank,
  }));
  return fitted(parts, room);
}

function headOf({ hasBaseline }: Plan, more: string, curve: string): string {
  const cells = [
    "".padEnd(columns.what),
    "now".padStart(columns.value),
    hasBaseline ? "baseline".padStart(columns.value) : "",
    more.padStart(columns.kept),
    `${" ".repeat(gap)}${curve}`,
  ];
  return cells.join("").trimEnd();
}

function planFor(room: number): Plan {
  const fixed = columns.what + columns.value + columns.kept;
  const spare = room - fixed - gap - growing.length - 1;
  const hasBaseline = spare - columns.value >= leastSpark;
  const left = hasBaseline ? spare - columns.value : spare;
  const hasWord = room >= fixed + gap + growing.length;
  return { hasBaseline, spark: left < leastSpark ? 0 : Math.min(mostSpark, left), hasWord };
}

function lineOf(row: Row, { hasBaseline, spark, hasWord }: Plan, paint: Paint): string {
  const { what, now, baseline, grows, points } = row;
  const before = baseline === undefined ? "" : amount(row, baseline);
  const head = [
    what.padEnd(columns.what),
    amount(row, now).padStart(columns.value),
    hasBaseline ? before.padStart(columns.value) : "",
  ].join("");
  const more = stressed(row, kept(row).padStart(columns.kept), paint);
  const curve = spark === 0 ? "" : sparkline(points, { width: spark, leastSpan: leastSpan(row) });
  const told = [curve, grows && hasWord ? growing : ""].filter((text) => text !== "").join(" ");
  if (told === "") return `${head}${more}`.trimEnd();
  return `${head}${more}${" ".repeat(gap)}${grows ? paint.like("fail", told) : told}`;
}

/** Red where it grows, yellow where there is more at the last point of quiet than there was. */
function stressed(row: Row, text: string, paint: Paint): string {
  if (row.grows) return paint.like("fail", text);
  const isMore = row.unit === "count" && (keptOf(row) ?? 0) > 0;
  return isMore ? paint.like("inconclusive", text) : text;
}

function keptOf({ baseline, points }: Row): number | undefined {
  return baseline === undefined ? undefined : (points.at(-1) ?? baseline) - baseline;
}

/** What there is more of at the last point of quiet than at the baseline: what is in use meanwhile is no growth. */
function kept(row: Row): string {
  const more = keptOf(row);
  if (more === undefined) return "";
  if (more === 0) return "=";
  return `${more > 0 ? "+" : ""}${amount(row, more)}`;
}

function leastSpan({ unit, points }: Row): number {
  if (unit === "count") return flat.counts;
  return Math.max(1, flat.memoryShare * points.reduce((a, b) => Math.max(a, b), 0));
}

function amount({ unit }: Row, value: number): string {
  return unit === "bytes" ? formatBytes(value) : formatNumber(value);
}
