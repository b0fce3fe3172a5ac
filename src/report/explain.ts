import type { Series, SeriesVerdict } from "../model/series.js";
import { formatDuration } from "../model/units.js";
import type { CriterionResult, CriterionVerdict } from "../model/verdict.js";
import { amount, type Unit } from "./cells.js";
import { detectableText, type Growth, growthText } from "./growth.js";
import { inert } from "./inert.js";
import { type Curve, sketch } from "./sketch.js";
import { wrap } from "./wrap.js";

/** A verdict with what is known of the way to it: a series has all of this, a criterion may lack some. */
export type Explained = Growth &
  Pick<SeriesVerdict, "reason" | "halfLifeMs"> &
  Pick<CriterionResult, "shape" | "numbers"> & {
    /** The verdict in the words of whoever asks. */
    readonly verdict: CriterionVerdict | "leak" | "stable";
  };

export interface ExplainOptions {
  /** Columns of the terminal. */
  readonly width: number;
}

/** What fits a terminal beside its labels, and can still be taken in at once. */
const widestSketch = 76;
const sketchRows = 12;
const mostLabel = 24;

/** The whole reasoning for one series: its curve, the verdict, the numbers behind it. */
export function explainSeries(series: Series, found: Explained, { width }: ExplainOptions): string {
  const unit = series.kind === "memory" ? "bytes" : "count";
  const paragraphs = [
    wrap(inert(series.name), { width, first: "", rest: "  " }),
    curveLines(series, { unit, width, per: found.per }),
    tabled(factsOf(found, unit), width),
    tabled(numbersOf(found), width),
  ];
  const shown = paragraphs.filter((lines) => lines.length > 0);
  return `${shown.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

interface Drawn extends ExplainOptions, Pick<Explained, "per"> {
  readonly unit: Unit;
}

function curveLines(series: Series, { unit, width, per }: Drawn): string[] {
  if (series.points.length === 0) return [];
  const columns = Math.min(widestSketch, width - 2);
  const canvas = { width: columns, height: sketchRows, label: (y: number) => amount(y, unit) };
  const rows = sketch(curveOf(series), canvas);
  const legend = [`* ${spanText(series, per)}`, baselineText(series, unit), drainText(series, unit)].filter(
    (part) => part !== "",
  );
  return [...rows, ...wrap(legend.join("; "), { width: columns, first: "", rest: "" })].map(
    (line) => `  ${line}`,
  );
}

function spanText({ points }: Series, per: Explained["per"]): string {
  const [from, to] = [points[0]?.operations ?? 0, points.at(-1)?.operations ?? 0];
  if (per === "second")
    return `${formatDuration(1000 * from)} to ${formatDuration(1000 * to)}, ${points.length} looks`;
  const batches = `${points.length} ${points.length === 1 ? "batch" : "batches"}`;
  return `${from} to ${to} operations, ${batches}`;
}

function curveOf({ baseline, points, drain }: Series): Curve {
  return {
    points: points.map(({ operations, value }) => ({ x: operations, y: value })),
    after: drain,
    baseline: baseline.length === 0 ? undefined : baseline.reduce((least, look) => Math.min(least, look)),
  };
}

function baselineText({ baseline }: Series, unit: Unit): string {
  return baseline.length === 0 ? "" : `- baseline ${listed(baseline, unit)}`;
}

function drainText({ drain }: Series, unit: Unit): string {
  return drain.length === 0 ? "no look after the drain" : `o after the drain ${listed(drain, unit)}`;
}

/** The first few of them. */
function listed(values: readonly number[], unit: Unit): string {
  const shown = values.slice(0, 3).map((value) => amount(value, unit));
  return [...shown, ...(values.length > shown.length ? ["…"] : [])].join(", ");
}

type Fact = readonly [name: string, text: string];

function factsOf(found: Explained, unit: Unit): Fact[] {
  const { verdict, shape, detectable, halfLifeMs, reason } = found;
  return [
    ["verdict", verdict],
    ...(shape === undefined ? [] : [["shape", shape] as const]),
    ["growth", growthText(found, unit)],
    ...(detectable === undefined || isLeak(verdict) ? [] : [["power", detectableText(found, unit)] as const]),
    ...(halfLifeMs === undefined
      ? []
      : [["half-life", `${formatDuration(halfLifeMs)} in the drain`] as const]),
    ["reason", reason],
  ];
}

/** A leak was seen, so nobody asks what else would have been. */
function isLeak(verdict: Explained["verdict"]): boolean {
  return verdict === "leak" || verdict === "fail";
}

/** In the order that the judge gave them: it knows which matter most. */
function numbersOf({ numbers = {} }: Explained): Fact[] {
  return Object.entries(numbers).map(([name, value]) => [name, String(Number(value.toPrecision(6)))]);
}

function tabled(facts: readonly Fact[], width: number): string[] {
  const longest = facts.reduce((most, [name]) => Math.max(most, name.length + 1), 0);
  const column = Math.min(mostLabel, longest);
  return facts.flatMap(([name, text]) => {
    const first = `  ${inert(`${name}:`).padEnd(column)} `;
    return wrap(inert(text), { width, first, rest: " ".repeat(column + 3) });
  });
}
