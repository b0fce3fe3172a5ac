import type { ReportedRun } from "../../model/reporting.js";
import { someOf } from "../wrapped.js";
import { headlineOf, putThrough } from "./headline.js";
import { longNames } from "./long-names.js";
import { html, type Markup } from "./markup.js";
import { table } from "./table.js";
import { theirs } from "./theirs.js";
import { verdictMark } from "./verdict-mark.js";

/** All runs at once; each name leads to its own part of the page. */
export function runsTable(runs: readonly ReportedRun[]): Markup | undefined {
  if (runs.length === 0) return undefined;
  const numbered = runs.map((run, index) => ({ run, number: index + 1 }));
  const all = table(
    numbered,
    [
      {
        title: "scenario",
        cell: ({ run, number }) => html`<a href="#run-${number}">${theirs(run.result.name)}</a>`,
      },
      { title: "verdict", cell: ({ run }) => verdictMark(run.result.verdict) },
      { title: "criteria that do not pass", cell: ({ run }) => notPassed(run) },
      { title: "put through", cell: ({ run }) => putThrough(run.result) },
      { title: "in a word", cell: ({ run }) => headlineOf(run).sentence, isLong: true },
    ],
    { caption: `${runs.length} runs`, label: "All runs, scrolls sideways" },
  );
  return html`<section aria-labelledby="runs"><h2 id="runs">All runs</h2>${all}</section>`;
}

function notPassed({ result }: ReportedRun): string {
  const names = result.criteria
    .filter(({ verdict }) => verdict !== "pass" && verdict !== "dropped")
    .map(({ id, verdict }) => `${longNames[id]} ${verdict}`);
  return names.length === 0 ? "–" : someOf(names, 6);
}
