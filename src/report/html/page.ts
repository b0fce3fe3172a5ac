import type { Report } from "../../model/reporting.js";
import { overallVerdict } from "../overall.js";
import { renderDocument } from "../page/document.js";
import { embeddedJson } from "./embedded-json.js";
import { factList } from "./finding-card.js";
import { headlineOfRuns } from "./headline-of-runs.js";
import { html, type Markup, trusted } from "./markup.js";
import { plotsOf } from "./plots.js";
import { runSection } from "./run-section.js";
import { runsTable } from "./runs-table.js";
import { theirs } from "./theirs.js";
import { verdictMark } from "./verdict-mark.js";

/** What the page is made with. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

/** The report as one file of HTML, which needs nothing else: no network, and for all but touching the plots no script. */
export function renderReportHtml(report: Report, assets: PageAssets): string {
  const { runs } = report;
  const plots = runs.map(plotsOf);
  const isSingle = runs.length === 1;
  const sections = runs.map((run, index) =>
    runSection(run, {
      number: index + 1,
      plots: plots[index] ?? [],
      firstPlot: plots.slice(0, index).reduce((sum, { length }) => sum + length, 0),
      proof: report.proof,
      hasHeadline: !isSingle,
    }),
  );
  const body = html`<a class="skip" href="#main">To the report</a>
${top(report)}<main id="main" tabindex="-1">${isSingle ? undefined : runsTable(runs)}${sections}</main>
<footer><p>Made by ${report.tool}. One file, no network.</p></footer>
${clipOfCharts}`;
  const data = embeddedJson(plots.flat().map(({ plot }) => plot));
  return renderDocument({
    title: titleOf(report),
    styles: [assets.style],
    scripts: [assets.script],
    body: html`${body}\n<script type="application/json" id="data">${data}</script>`.text,
  });
}

/** The area of every chart, beyond which no line is drawn. */
const clipOfCharts: Markup = trusted(
  '<svg class="clip" width="0" height="0" aria-hidden="true"><clipPath id="clip"><rect x="64" y="14" width="564" height="194"/></clipPath></svg>',
);

function verdictOf({ runs }: Report) {
  return overallVerdict(runs.map(({ result }) => result));
}

/** The verdict shows in the tab, too. */
function titleOf(report: Report): string {
  const names = report.runs.map(({ result }) => result.name).slice(0, 3);
  return `${verdictOf(report)}: ${names.join(", ") || "no run"}`.slice(0, 200);
}

/** The verdict before all else. */
function top(report: Report): Markup {
  const { runs, skipped, where } = report;
  const { sentence, facts } = headlineOfRuns(report);
  const leftOut =
    skipped.length === 0 ? [] : [["Not run, it was stopped", theirs(skipped.join(", "))] as const];
  return html`<header class="top of-${verdictOf(report)}"><p class="brand"><strong>watertight</strong> <span class="quiet">leak report</span> ${verdictMark(verdictOf(report))}</p>
<h1>${sentence}</h1>
${factList([...facts, ["Files", theirs(where)], ...leftOut])}${runs.length === 1 ? contents(report) : undefined}</header>
`;
}

/** Where to find what, in a page of one run. */
function contents({ runs }: Report): Markup | undefined {
  const [run] = runs;
  if (!run) return undefined;
  const places = [
    ...(run.result.findings.length > 0 ? [["findings", "Findings"]] : []),
    ["criteria", "Criteria"],
    ["plots", "Plots"],
    ["environment", "Environment"],
  ] as const;
  return html`<nav aria-label="Contents">${places.map(([id, name]) => html`<a href="#${id}-1">${name}</a>`)}</nav>`;
}
