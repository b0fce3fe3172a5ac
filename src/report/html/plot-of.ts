import type { TickLine } from "../../model/record.js";
import type { ReportedRun } from "../../model/reporting.js";
import type { Series } from "../../model/series.js";
import type { CriterionId, CriterionResult } from "../../model/verdict.js";
import { quoted } from "../wrapped.js";
import { fittedLine } from "./fitted-line.js";
import { keptIndices } from "./kept.js";
import { longNames } from "./long-names.js";
import type { Looks, PlotData } from "./plot-data.js";

/** More than any screen has columns; a page of a day stays small. */
const mostPoints = 4000;

type Tick = (tick: TickLine) => number | undefined;

/** What the looks under load tell of a resource: the whole tree, and of memory what is resident. */
const underLoad: Readonly<Partial<Record<CriterionId, readonly [name: string, of: Tick]>>> = {
  fds: ["all file descriptors of the tree", (tick) => tick.fds],
  processes: ["all processes of the tree", (tick) => tick.processes],
  ptys: ["PTYs of the tree", (tick) => tick.ptys],
  memory: ["resident memory of the tree", (tick) => tick.rssBytes],
};

/** The plot of a criterion; undefined where nothing was measured at quiet. */
export function plotOf(run: ReportedRun, result: CriterionResult): PlotData | undefined {
  const series = run.series[result.id];
  if (!series || series.points.length === 0) return undefined;
  const points = keptIndices(
    series.points.map(({ value }) => value),
    mostPoints,
  ).flatMap((index) => series.points[index] ?? []);
  const batches = new Map(run.record.snapshots.map(({ operations, batch }) => [operations, batch]));
  return {
    id: result.id,
    name: longNames[result.id],
    verdict: result.verdict,
    unit: result.unit,
    counts: run.record.run.watched?.unit ?? "operations",
    isWatch: run.record.run.watched !== undefined,
    batch: points.map(({ operations }) => batches.get(operations) ?? 0),
    operations: points.map(({ operations }) => operations),
    atMs: points.map(({ atMs }) => Math.round(atMs)),
    value: points.map(({ value }) => value),
    of: series.points.length,
    baseline: lowest(series),
    drain: series.drain,
    limit: limitOf(result),
    line: fittedLine(result, points),
    looks: looksOf(run, result.id),
  };
}

function lowest({ baseline }: Series): number | null {
  return baseline.length === 0 ? null : baseline.reduce((least, look) => Math.min(least, look));
}

function limitOf({ limit, ceiling }: CriterionResult): PlotData["limit"] {
  return limit === undefined || !Number.isFinite(limit)
    ? null
    : { value: limit, name: ceiling === undefined ? null : quoted(ceiling) };
}

function looksOf({ record }: ReportedRun, id: CriterionId): Looks | null {
  const told = underLoad[id];
  const began = record.snapshots.findLast(({ phase }) => phase === "baseline")?.atMs;
  if (!told || began === undefined) return null;
  const [name, of] = told;
  const looks = record.ticks.flatMap((tick) => {
    const value = of(tick);
    return value === undefined || tick.atMs < began ? [] : [{ atMs: tick.atMs - began, value }];
  });
  if (looks.length < 2) return null;
  const kept = keptIndices(
    looks.map(({ value }) => value),
    mostPoints,
  ).flatMap((index) => looks[index] ?? []);
  return {
    name,
    atMs: kept.map(({ atMs }) => Math.round(atMs)),
    value: kept.map(({ value }) => value),
    of: looks.length,
  };
}
