import type { ReportedRun } from "../../model/reporting.js";
import { formatDuration, formatNumber } from "../../model/units.js";
import type { CriterionResult, CriterionVerdict } from "../../model/verdict.js";
import { amount } from "../cells.js";
import { leakRate } from "../impact-words.js";
import { chart } from "./chart.js";
import { keptIndices } from "./kept.js";
import { html, type Markup } from "./markup.js";
import type { PlotData } from "./plot-data.js";
import { plotOf } from "./plot-of.js";
import { table } from "./table.js";
import { theirs } from "./theirs.js";
import { verdictMark } from "./verdict-mark.js";

/** Those that decide stand first. */
const order: readonly CriterionVerdict[] = ["fail", "inconclusive", "unchecked", "pass", "dropped"];
const mostRows = 60;

export interface Plotted {
  readonly result: CriterionResult;
  readonly plot: PlotData;
}

export function plotsOf(run: ReportedRun): Plotted[] {
  return run.result.criteria
    .toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
    .flatMap((result) => {
      const plot = plotOf(run, result);
      return plot ? [{ result, plot }] : [];
    });
}

/** A figure that says all without a script; the script puts a plot to touch in the place of the drawing. */
export function plotFigure({ result, plot }: Plotted, index: number): Markup {
  const title = plot.name.charAt(0).toUpperCase() + plot.name.slice(1);
  return html`<figure class="plot" data-plot="${index}">
<figcaption><h4>${title} ${verdictMark(plot.verdict)}</h4><p>${theirs(leakRate(result))}</p></figcaption>
<div class="controls" hidden></div>
<div class="stage">${chart(plot, summaryOf(plot))}</div>
<p class="readout" aria-live="polite">${summaryOf(plot)}</p>
${legendOf(plot)}${thinnedOf(plot)}${valuesOf(plot)}</figure>`;
}

function summaryOf(plot: PlotData): string {
  const of = (value: number | undefined | null) => amount(value ?? undefined, plot.unit);
  const drained =
    plot.drain.length === 0
      ? ""
      : `, ${plot.isWatch ? "at the end" : "after the drain"} ${of(plot.drain.at(-1))}`;
  const ends = `${of(plot.value[0])} at first, ${of(plot.value.at(-1))} at last`;
  return `${plot.name}: baseline ${of(plot.baseline)}, ${ends}${drained}`;
}

function legendOf(plot: PlotData): Markup {
  const limit = plot.limit;
  const line = plot.line;
  return html`<ul class="legend">
<li><span class="key held"></span>${plot.isWatch ? "at each look, under load" : "at quiet, after each batch"}</li>
<li><span class="key drain"></span>${plot.isWatch ? "at the end" : "after the drain"}</li>
<li><span class="key baseline"></span>baseline</li>
${line ? html`<li class="of-${plot.verdict}"><span class="key fit"></span>growth, with its 95% interval</li>` : undefined}
${limit ? html`<li><span class="key limit"></span>limit ${amount(limit.value, plot.unit)}${limit.name === null ? undefined : html`, ${theirs(limit.name)}`}${isAbove(plot) ? ", above the plot" : undefined}</li>` : undefined}</ul>`;
}

function isAbove({ limit, value }: PlotData): boolean {
  return limit !== null && limit.value > value.reduce((most, held) => Math.max(most, held), 0);
}

/** What is not drawn is said. */
function thinnedOf({ of, value, looks }: PlotData): Markup | undefined {
  const texts = [
    ...(of > value.length ? [thinned(of, value.length, "points")] : []),
    ...(looks && looks.of > looks.value.length
      ? [thinned(looks.of, looks.value.length, "looks under load")]
      : []),
  ];
  return texts.length === 0 ? undefined : html`<p class="fine">${texts.join(" ")}</p>`;
}

function thinned(of: number, shown: number, what: string): string {
  return `${of.toLocaleString("en")} ${what} drawn as ${shown.toLocaleString("en")}: least and most of each span kept.`;
}

function valuesOf(plot: PlotData): Markup {
  const kept = keptIndices(plot.value, mostRows);
  const shown = kept.length < plot.of ? ` (${kept.length} of ${plot.of}: least and most of each span)` : "";
  const columns = [
    { title: plot.isWatch ? "look" : "batch", cell: (index: number) => plot.batch[index], isNumber: true },
    { title: plot.counts, cell: (index: number) => plot.operations[index], isNumber: true },
    { title: "time", cell: (index: number) => formatDuration(plot.atMs[index] ?? 0), isNumber: true },
    { title: "held", cell: (index: number) => exact(plot.value[index] ?? 0, plot.unit), isNumber: true },
  ];
  const text = {
    caption: `${plot.name} ${plot.isWatch ? "at each look" : "at quiet"}${shown}`,
    label: `Values of ${plot.name}`,
  };
  return html`<details><summary>Values of ${plot.name}</summary>${table(kept, columns, text)}</details>`;
}

/** Bytes to the byte, for who wants to compute with them. */
function exact(value: number, unit: PlotData["unit"]): string {
  return unit === "count" ? formatNumber(value) : `${Math.round(value).toLocaleString("en")} B`;
}
