import type { Report, ReportedRun } from "../model/reporting.js";
import { criterionIds } from "../model/verdict.js";
import { criterionWords } from "./criterion-words.js";
import { inertJson } from "./inert.js";
import { resultsOf } from "./sarif-results.js";
import { sarifText } from "./sarif-text.js";
import type { Locate } from "./sources.js";

const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/**
 * SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0): a rule for each criterion, a result for each finding, with the place
 * where what leaks is made. What passes is no result: viewers show every result as something to do.
 */
export function renderSarif(report: Report, locate: Locate): string {
  const { runs, tool } = report;
  const [name = "watertight", version = ""] = tool.split(" ");
  const document = {
    $schema: schema,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name, ...(version === "" ? {} : { version }), rules: rules() } },
        invocations: [invocation(report)],
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root of the repository." } } },
        columnKind: "utf16CodeUnits",
        results: runs.flatMap((run) => resultsOf(run, locate)),
      },
    ],
  };
  return `${inertJson(JSON.stringify(document, undefined, 2))}\n`;
}

function rules() {
  return criterionIds.map((id) => {
    const { name, short, help } = criterionWords[id];
    return {
      id,
      name,
      shortDescription: { text: short },
      fullDescription: { text: help },
      help: { text: help, markdown: help },
      defaultConfiguration: { level: "error" },
      properties: { tags: ["resource-leak", "reliability"] },
    };
  });
}

/** A scenario that broke, or was not run, is no result: nothing was found, and nothing is known. */
function invocation({ runs, skipped, exitCode }: Report) {
  const broke = runs.filter(({ result }) => result.broke !== undefined);
  const starts = runs.map(({ record }) => record.run.startedAtMs);
  const notifications = [
    ...broke.map(({ result }) => notification("error", `${result.name} broke: ${result.broke ?? ""}`)),
    ...runs.flatMap(notesOf),
    ...skipped.map((name) => notification("warning", `${name} was not run: it was stopped before`)),
  ];
  return {
    executionSuccessful: broke.length === 0 && skipped.length === 0,
    exitCode,
    ...(starts.length === 0 ? {} : { startTimeUtc: new Date(Math.min(...starts)).toISOString() }),
    ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
  };
}

function notesOf({ result: { name, notes } }: ReportedRun) {
  return notes.map((note) => notification("note", `${name}: ${note}`));
}

function notification(level: "error" | "warning" | "note", text: string) {
  return { level, message: { text: sarifText(text) } };
}
