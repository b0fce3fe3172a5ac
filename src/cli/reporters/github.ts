import { appendFileSync, statSync } from "node:fs";
import { brokeProblem, messageOf } from "../../model/problem.js";
import type { Report, ReporterContext, ReporterFactory } from "../../model/reporting.js";
import { renderGithub } from "../../report/github.js";
import { renderMarkdown } from "../../report/markdown.js";
import { locateIn } from "./repository.js";

/** GitHub takes no more for one step, and shows nothing where there is more. */
const summaryBytes = 1024 ** 2;

/** Annotations, and the summary of the step where GitHub names a file for it. */
export const githubReporter: ReporterFactory = (context) => ({
  onEnd: (report) => {
    context.write(renderGithub(report, locateIn(context)));
    summarise(report, context);
  },
});

function summarise(report: Report, { env }: ReporterContext): void {
  const path = env["GITHUB_STEP_SUMMARY"];
  if (path === undefined || path === "" || report.runs.length === 0) return;
  const text = renderMarkdown(report);
  try {
    const before = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (before + Buffer.byteLength(text) > summaryBytes) throw new Error("its 1 MiB is used up");
    appendFileSync(path, text);
  } catch (error) {
    const fix = "see the log, or send it elsewhere: --reporter markdown=FILE";
    throw brokeProblem({ what: "no summary of the step", why: messageOf(error), fix }, error);
  }
}
