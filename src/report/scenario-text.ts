import { formatDuration } from "../model/units.js";
import type { CriterionResult, ScenarioResult } from "../model/verdict.js";
import { allowanceText } from "./allowance-text.js";
import { type CriteriaOptions, criteriaLines } from "./criteria.js";
import { findingLines } from "./finding-text.js";
import { flowLines } from "./flow-table.js";
import { impactLines } from "./impact.js";
import { inert } from "./inert.js";
import { wrap } from "./wrap.js";
import { quoted, wrapped } from "./wrapped.js";

/** One scenario: heading, numbers, reasons, findings, flows, allowances, notes. */
export function scenarioLines(result: ScenarioResult, options: CriteriaOptions): string[] {
  const parts = [
    [heading(result, options)],
    brokeLines(result, options),
    criteriaLines(result.criteria, options),
    result.criteria.flatMap((criterion) => reasonLines(criterion, options)),
    ...result.findings.map((finding) => findingLines(finding, result, options)),
    flowLines(result, options),
    impactLines(result, options),
    titled(
      "Allowances",
      result.allowances.flatMap((use) => wrapped(allowanceText(use), "    - ", options)),
      options,
    ),
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
  const run = result.watched ? watchText(result, result.watched.unit) : runText(result);
  return `${paint.strong(inert(result.name))}: ${paint.verdict(result.verdict)}  (${run})`;
}

function watchText({ operations, durationMs, interrupted }: ScenarioResult, unit: string): string {
  const counted = unit === "operations" || operations.landed > 0 ? `, ${operations.landed} operations` : "";
  return `watched ${formatDuration(durationMs)} under foreign load${counted}${interrupted ? ", interrupted" : ""}`;
}

function runText(result: ScenarioResult): string {
  const { landed, failed } = result.operations;
  const failures = failed === 0 ? "" : `, ${failed} failed`;
  const cutShort = result.interrupted ? ", interrupted" : "";
  return `${landed} operations landed${failures} in ${formatDuration(result.durationMs)}${cutShort}`;
}

function brokeLines({ broke }: ScenarioResult, options: CriteriaOptions): string[] {
  return broke === undefined ? [] : wrapped(broke, "  It broke: ", options);
}

/** A reason is shown for a pass too: it says what the pass would have seen. */
function reasonLines({ id, reason }: CriterionResult, { width }: CriteriaOptions): string[] {
  const label = `  ${id}: `.padEnd(13);
  return reason === "" ? [] : wrap(inert(reason), { width, first: label, rest: " ".repeat(label.length) });
}

function titled(title: string, lines: readonly string[], { paint }: CriteriaOptions): string[] {
  return lines.length === 0 ? [] : [`  ${paint.strong(title)}`, ...lines];
}
