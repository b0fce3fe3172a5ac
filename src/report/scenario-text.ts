import { formatDuration } from "../model/units.js";
import type { Finding } from "../model/finding.js";
import type { CriterionResult, ScenarioResult } from "../model/verdict.js";
import { type CriteriaOptions, criteriaLines } from "./criteria.js";
import { none } from "./cells.js";
import { impactLines } from "./impact.js";
import { timeToExhaustion } from "./impact-words.js";
import { inert } from "./inert.js";
import { cut } from "./text-width.js";
import { wrap } from "./wrap.js";

/** A command line can be megabytes long; the JSON report has it whole. */
const longestLine = 400;

/** One scenario: heading, numbers, reasons, findings, notes. */
export function scenarioLines(result: ScenarioResult, options: CriteriaOptions): string[] {
  const parts = [
    [heading(result, options)],
    brokeLines(result, options),
    criteriaLines(result.criteria, options),
    result.criteria.flatMap((criterion) => reasonLines(criterion, options)),
    ...result.findings.map((finding) => findingLines(finding, timeLeft(finding, result), options)),
    impactLines(result, options),
    titled(
      "Notes",
      result.notes.flatMap((note) => wrapped(note, "    - ", options)),
      options,
    ),
    titled(
      "Last lines of the target",
      result.logTail.map((line) => `    ${quoted(line)}`),
      options,
    ),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
}

function heading(result: ScenarioResult, { paint }: CriteriaOptions): string {
  const { landed, failed } = result.operations;
  const failures = failed === 0 ? "" : `, ${failed} failed`;
  const cutShort = result.interrupted ? ", interrupted" : "";
  const run = `${landed} operations landed${failures} in ${formatDuration(result.durationMs)}${cutShort}`;
  return `${paint.strong(inert(result.name))}: ${paint.verdict(result.verdict)}  (${run})`;
}

function brokeLines({ broke }: ScenarioResult, options: CriteriaOptions): string[] {
  return broke === undefined ? [] : wrapped(broke, "  It broke: ", options);
}

/** A reason is shown for a pass too: it says what the pass would have seen. */
function reasonLines({ id, reason }: CriterionResult, { width }: CriteriaOptions): string[] {
  const label = `  ${id}: `.padEnd(13);
  return reason === "" ? [] : wrap(inert(reason), { width, first: label, rest: " ".repeat(label.length) });
}

/** Until production runs out of it: told once for each criterion, with its first finding. */
function timeLeft(finding: Finding, { findings, criteria }: ScenarioResult): string | undefined {
  const { criterion } = finding;
  if (findings.find((other) => other.criterion === criterion) !== finding) return undefined;
  const result = criteria.find(({ id }) => id === criterion);
  const time = result === undefined ? none : timeToExhaustion(result);
  return time === none ? undefined : time;
}

function findingLines(finding: Finding, left: string | undefined, options: CriteriaOptions): string[] {
  return [
    `  ${options.paint.strong(`Leak, ${finding.criterion}: ${quoted(finding.resource)}`)}`,
    ...wrap(inert(finding.summary), { width: options.width, first: "    ", rest: "    " }),
    ...(left === undefined ? [] : wrapped(left, "    Time left: ", options)),
    ...finding.evidence.map((line) => `      ${quoted(line)}`),
    ...wrapped(finding.next, "    Next: ", options),
  ];
}

function titled(title: string, lines: readonly string[], { paint }: CriteriaOptions): string[] {
  return lines.length === 0 ? [] : [`  ${paint.strong(title)}`, ...lines];
}

function wrapped(text: string, first: string, { width }: CriteriaOptions): string[] {
  const indent = " ".repeat(first.length - first.trimStart().length + 2);
  return wrap(inert(text), { width, first, rest: indent });
}

function quoted(line: string): string {
  return cut(inert(line), longestLine);
}
