import type { ReportedRun } from "../../model/reporting.js";
import type { Proof } from "../../model/selftest.js";
import { allowanceText } from "../allowance-text.js";
import { command } from "./command.js";
import { criteriaTable } from "./criteria-table.js";
import { environment } from "./environment.js";
import { factList, findingCard } from "./finding-card.js";
import { headlineOf } from "./headline.js";
import { heatMap } from "./heat-map.js";
import { leftTables } from "./left-table.js";
import { html, type Markup, type Part } from "./markup.js";
import { plotFigure, type Plotted } from "./plots.js";
import { processTrees } from "./process-tree.js";
import { theirs } from "./theirs.js";
import { verdictMark } from "./verdict-mark.js";

const mostLogLines = 40;

export interface Placed {
  /** Of the run in the page, from 1. */
  readonly number: number;
  readonly plots: readonly Plotted[];
  /** Of its first plot among all of the page. */
  readonly firstPlot: number;
  readonly proof: Proof | undefined;
  /** Its headline does not stand at the top of the page already. */
  readonly hasHeadline: boolean;
}

/** All of one run, what matters most first. */
export function runSection(run: ReportedRun, placed: Placed): Markup {
  const { result, record, repeat } = run;
  const { number, plots, firstPlot, proof } = placed;
  const cards = result.findings.map((finding) => findingCard(finding, result, repeat));
  const figures = plots.map((plotted, index) => plotFigure(plotted, firstPlot + index));
  const isBroken = result.verdict !== "pass" && cards.length === 0;
  const sections: readonly (readonly [id: string, title: string, content: Part])[] = [
    [
      "findings",
      result.findings.length === 1 ? "Finding" : "Findings",
      cards.length > 0 ? html`${cards}` : undefined,
    ],
    ["criteria", "Criteria", criteriaTable(result)],
    ["plots", "What was held", figures.length > 0 ? html`<div class="plots">${figures}</div>` : undefined],
    ["flows", "By flow", heatMap(result)],
    ["left", "Left by operation", leftTables(result, record)],
    ["processes", "Processes", processTrees(record)],
    ["environment", "Instrument and environment", environment(run, proof)],
    ["notes", "Allowances and notes", notesOf(run)],
    ["log", "Last lines of the target", logOf(run)],
    [
      "again",
      "Run it again",
      isBroken || result.verdict === "pass" ? command("The same run", repeat) : undefined,
    ],
  ];
  const shown = sections.filter(([, , content]) => content !== undefined);
  return html`<section class="run" id="run-${number}" aria-labelledby="run-${number}-title">
${titleOf(run, placed)}${shown.map(([id, title, content]) => html`<section id="${id}-${number}"><h3>${title}</h3>\n${content}</section>\n`)}</section>`;
}

function titleOf(run: ReportedRun, { number, hasHeadline }: Placed): Markup {
  const { result, folder } = run;
  const heard = hasHeadline ? undefined : html` class="heard"`;
  const title = html`<h2 id="run-${number}-title"${heard}>${theirs(result.name)} ${verdictMark(result.verdict)}</h2>`;
  if (!hasHeadline) return title;
  const { sentence, facts } = headlineOf(run);
  return html`${title}<p class="lead">${sentence}</p>${factList([...facts, ["Files", theirs(folder)]])}`;
}

function notesOf({ result }: ReportedRun): Part {
  const lines = [...result.allowances.map(allowanceText), ...result.notes];
  return lines.length === 0
    ? undefined
    : html`<ul class="notes">${lines.map((line) => html`<li>${theirs(line)}</li>`)}</ul>`;
}

function logOf({ result, record }: ReportedRun): Part {
  const lines = result.logTail.length > 0 ? result.logTail : (record.end?.logTail ?? []);
  if (lines.length === 0) return undefined;
  const shown = lines.slice(-mostLogLines).map((line) => html`${theirs(line)}\n`);
  return html`<pre class="log" tabindex="0" role="group" aria-label="Last lines of the target">${shown}</pre>`;
}
