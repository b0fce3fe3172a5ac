import type { Report, ReportedRun } from "../../model/reporting.js";
import { overallVerdict, gravestOf } from "../overall.js";
import { embeddedJson } from "./embedded-json.js";
import { factList } from "./finding-card.js";
import { headlineOf } from "./headline.js";
import { html, type Markup, trusted } from "./markup.js";
import { type Plotted, plotsOf } from "./plots.js";
import { runSection } from "./run-section.js";
import { runsTable } from "./runs-table.js";
import { theirs } from "./theirs.js";
import { verdictMark } from "./verdict-mark.js";

/** What the page is made with, and what a policy has to know of it: SHA-256 of each, in Base64. */
export interface PageAssets {
  readonly script: string;
  readonly scriptHash: string;
  readonly style: string;
  readonly styleHash: string;
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
  return documentOf(report, body, { assets, plots: plots.flat() }).text;
}

/** The area of every chart, beyond which no line is drawn. */
const clipOfCharts: Markup = trusted(
  '<svg class="clip" width="0" height="0" aria-hidden="true"><clipPath id="clip"><rect x="64" y="14" width="564" height="194"/></clipPath></svg>',
);

interface Made {
  readonly assets: PageAssets;
  readonly plots: readonly Plotted[];
}

function documentOf(report: Report, body: Markup, { assets, plots }: Made): Markup {
  const { script, scriptHash, style, styleHash } = assets;
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${scriptHash}'`,
    `style-src 'sha256-${styleHash}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${titleOf(report)}</title>
<link rel="icon" href="${iconOf(report)}">
<style>${trusted(style)}</style>
</head>
<body class="of-${verdictOf(report)}">
${body}
<script type="application/json" id="data">${embeddedJson(plots.map(({ plot }) => plot))}</script>
<script>${trusted(script)}</script>
</body>
</html>
`;
}

function verdictOf({ runs }: Report) {
  return overallVerdict(runs.map(({ result }) => result));
}

function titleOf(report: Report): string {
  const names = report.runs.map(({ result }) => result.name).slice(0, 3);
  return `${verdictOf(report)}: ${names.join(", ") || "no run"}`.slice(0, 200);
}

/** So that the verdict shows in the tab. */
function iconOf(report: Report): string {
  const colours: Readonly<Record<string, string>> = { pass: "067647", fail: "b42318", broke: "b42318" };
  const colour = colours[verdictOf(report)] ?? "8a6100";
  return `data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 16 16%22%3E%3Ccircle cx=%228%22 cy=%228%22 r=%227%22 fill=%22%23${colour}%22/%3E%3C/svg%3E`;
}

/** The verdict before all else. */
function top(report: Report): Markup {
  const run = gravestRun(report);
  const { sentence, facts } = run ? headlineOf(run) : { sentence: "Nothing was run.", facts: [] };
  const others = report.runs.length - 1;
  const leftOut =
    report.skipped.length === 0
      ? undefined
      : html`<p>Not run, because it was stopped: ${theirs(report.skipped.join(", "))}</p>`;
  return html`<header class="top"><p class="brand"><strong>watertight</strong> <span class="quiet">leak report</span> ${verdictMark(verdictOf(report))}</p>
<h1>${sentence}</h1>
${others > 0 ? html`<p class="lead">The gravest of ${report.runs.length} runs:</p>` : undefined}${factList([...facts, ["Files", theirs(report.where)]])}${leftOut}${report.runs.length === 1 ? contents(report) : undefined}</header>
`;
}

function gravestRun({ runs }: Report): ReportedRun | undefined {
  const gravest = gravestOf(runs.map(({ result }) => result));
  return runs.find(({ result }) => result === gravest);
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
