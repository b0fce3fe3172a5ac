import { formatNumber } from "../model/units.js";
import type { CriterionId, CriterionResult, CriterionVerdict, ScenarioResult } from "../model/verdict.js";
import type { CriteriaOptions } from "./criteria.js";
import { leakRate, timeToExhaustion } from "./impact-words.js";
import { inert } from "./inert.js";
import { none } from "./cells.js";
import { narrowestTable, tableLines } from "./table.js";
import { cut, textWidth } from "./text-width.js";
import { wrap } from "./wrap.js";

/** In the order of what runs out first in most servers. */
const resources: readonly (readonly [CriterionId, string])[] = [
  ["tasks", "goroutines/tasks"],
  ["processes", "processes"],
  ["zombies", "zombies"],
  ["fds", "file descriptors"],
  ["memory", "memory"],
  ["ptys", "PTY devices"],
];
const head = ["resource", "leak rate", "time to exhaustion"] as const;
/** A reason of the target's making can be long; it stands whole above the table. */
const longestRate = 200;
/** The indent, and the two gaps between three columns. */
const between = 6;

type Row = readonly [resource: string, rate: string, time: string];

/** What a finding means for production: each resource, how fast it leaks, and how long it lasts. */
export function impactLines(result: ScenarioResult, options: CriteriaOptions): string[] {
  if (result.findings.length === 0) return [];
  const rows = resources.flatMap(([id, name]) =>
    result.criteria.filter((criterion) => criterion.id === id).map((criterion) => rowOf(name, criterion)),
  );
  return [`  ${options.paint.strong(`Impact${trafficOf(result)}`)}`, ...rowLines(rows, options)];
}

/** The same over a whole run: of each resource the scenario that is worst. One that broke has measured nothing. */
export function overallImpactLines(results: readonly ScenarioResult[], options: CriteriaOptions): string[] {
  const measured = results.filter(({ verdict }) => verdict !== "broke");
  if (measured.length === 0) return [];
  const rows = resources.flatMap(([id, name]) => {
    const worst = worstOf(measured, id);
    return worst === undefined ? [] : [rowOf(name, worst.criterion, worst.scenario)];
  });
  return [options.paint.strong("Impact, by the worst scenario"), ...rowLines(rows, options)];
}

/** In a watch the traffic is what it was. */
function trafficOf({ sessionsPerHour, watched }: ScenarioResult): string {
  if (watched?.unit === "seconds") return "";
  return sessionsPerHour === undefined ? "" : ` at ${formatNumber(sessionsPerHour)} sessions an hour`;
}

function rowOf(name: string, criterion: CriterionResult, scenario?: string): Row {
  const where = scenario === undefined || criterion.verdict === "pass" ? "" : ` [${scenario}]`;
  const rate = `${cut(inert(leakRate(criterion)), longestRate)}${inert(where)}`;
  return [name, rate, inert(timeToExhaustion(criterion))];
}

const gravity: readonly CriterionVerdict[] = ["fail", "inconclusive", "unchecked", "pass", "dropped"];

interface Found {
  readonly scenario: string;
  readonly criterion: CriterionResult;
}

/** The gravest verdict; among failures what runs out first, among passes what saw least. */
function worstOf(results: readonly ScenarioResult[], id: CriterionId): Found | undefined {
  const found = results.flatMap(({ name, criteria }) =>
    criteria.filter((criterion) => criterion.id === id).map((criterion) => ({ scenario: name, criterion })),
  );
  const never = Number.POSITIVE_INFINITY;
  return found.toSorted(({ criterion: a }, { criterion: b }) => {
    const byGravity = gravity.indexOf(a.verdict) - gravity.indexOf(b.verdict);
    const byHours = difference(a.hoursToExhaustion ?? never, b.hoursToExhaustion ?? never);
    return byGravity || byHours || difference(b.detectable ?? 0, a.detectable ?? 0);
  })[0];
}

/** Two infinities do not differ. */
function difference(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function rowLines(rows: readonly Row[], { width }: CriteriaOptions): string[] {
  return width < narrowestTable ? rows.flatMap((row) => listLines(row, width)) : table(rows, width);
}

function table(rows: readonly Row[], width: number): string[] {
  const resource = widest(rows, 0);
  const [rate, time] = shortestSplit(rows, width - between - resource);
  const cells = rows.map((row) => [row[0], folded(row[1], rate).join("\n"), folded(row[2], time).join("\n")]);
  return tableLines(head, cells);
}

/** The widths of rate and time with which the table has the fewest lines; of equals the widest rate. */
function shortestSplit(rows: readonly Row[], room: number): readonly [number, number] {
  const most = Math.min(widest(rows, 2), Math.floor(room / 2));
  const widths = Array.from({ length: most }, (_, index) => index + 1).filter(
    (time) => time >= head[2].length,
  );
  const height = (time: number): number =>
    rows.reduce((sum, row) => sum + Math.max(...linesOf(row, [room - time, time])), 0);
  const best = Math.min(...widths.map(height));
  const time = widths.find((width) => height(width) === best) ?? most;
  return [room - time, time];
}

function linesOf(row: Row, [rate, time]: readonly [number, number]): number[] {
  return [folded(row[1], rate).length, folded(row[2], time).length];
}

function widest(rows: readonly Row[], column: 0 | 1 | 2): number {
  return Math.max(textWidth(head[column]), ...rows.map((row) => textWidth(row[column])));
}

function folded(text: string, width: number): string[] {
  return wrap(text, { width, first: "", rest: "" }).map((line) => cut(line, width));
}

function listLines([resource, rate, time]: Row, width: number): string[] {
  const facts = [`leak rate ${rate}`, ...(time === none ? [] : [`exhausted in ${time}`])];
  return [`  ${resource}`, ...facts.flatMap((fact) => wrap(fact, { width, first: "    ", rest: "      " }))];
}
