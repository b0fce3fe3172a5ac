import type { ReporterFactory } from "../../model/reporting.js";
import { withoutCommands } from "../../report/github.js";
import { renderReportText } from "../../report/text.js";
import { isGithub } from "./is-github.js";

/** The report for people. In a workflow's log what the target says must not be taken for a command. */
export const peopleReporter: ReporterFactory = (context) => ({
  onEnd: (report) => {
    const text = renderReportText(report, context);
    context.write(isGithub(context.env) ? withoutCommands(text) : text);
  },
});
