import type { Finding, FlowRate, FoundResource } from "../model/finding.js";
import { formatBytes, formatNumber } from "../model/units.js";
import type { ScenarioResult } from "../model/verdict.js";
import { none } from "./cells.js";
import type { CriteriaOptions } from "./criteria.js";
import { flowRateText } from "./flow-words.js";
import { timeToExhaustion } from "./impact-words.js";
import { leftByLines } from "./left-by-text.js";
import { originLines } from "./origin-text.js";
import { quoted, someOf, wrapped } from "./wrapped.js";

const mostResources = 6;
const mostFlows = 4;

/** One cause, for a reader who has five seconds: what, who, which flow, where, until when, what to do. */
export function findingLines(finding: Finding, result: ScenarioResult, options: CriteriaOptions): string[] {
  const left = timeLeft(finding, result);
  const flows = flowsText(finding, result);
  const { by, origin } = finding;
  return [
    ...headLines(finding, options),
    ...wrapped(quoted(finding.summary), "    ", options).map(unindented),
    ...resourcesLines(finding, options),
    ...(by === undefined ? [] : leftByLines(by, options)),
    ...(flows === undefined ? [] : wrapped(flows, "    Flows: ", options)),
    ...(origin === undefined ? [] : originLines(origin, options)),
    ...(left === undefined ? [] : wrapped(left, "    Time left: ", options)),
    ...finding.evidence.map((line) => `      ${quoted(line)}`),
    ...wrapped(quoted(finding.next), "    Next: ", options),
  ];
}

/** The summary is a paragraph of its own. */
function unindented(line: string): string {
  return line.replace(/^ {6}/, "    ");
}

/** The criterion that runs out first stands first. */
function headLines({ criterion, criteria, resource }: Finding, options: CriteriaOptions): string[] {
  const others = criteria.filter((id) => id !== criterion);
  const title = `Leak, ${[criterion, ...others].join(", ")}: ${quoted(resource)}`;
  return wrapped(title, "  ", options).map((line) =>
    line.replace(/\S.*/, (text) => options.paint.strong(text)),
  );
}

/** What else the same cause left: one resource is told by the summary. */
function resourcesLines({ resources }: Finding, options: CriteriaOptions): string[] {
  if (resources.length < 2) return [];
  const told = resources.map(resourceText);
  return wrapped(quoted(someOf(told, mostResources)), "    Of one cause: ", options);
}

function resourceText({ criterion, resource, count }: FoundResource): string {
  if (count === undefined) return resource;
  return criterion === "memory"
    ? `${formatBytes(count)} of ${resource}`
    : `${formatNumber(count)} × ${resource}`;
}

/** `failing 1 in 1.0 (0.9 to 1.1); none of answer, dropped; not clear for stopped` */
function flowsText({ flows, criterion }: Finding, result: ScenarioResult): string | undefined {
  if (flows.length === 0) return undefined;
  const own = flows.filter((flow) => flow.criterion === criterion);
  const leaking = own.length > 0 ? own : flows;
  const names = new Set(flows.map(({ flow }) => flow));
  const others = result.flows.filter((flow) => flow.criterion === criterion && !names.has(flow.flow));
  const of = (verdict: FlowRate["verdict"]): string[] =>
    others.filter((flow) => flow.verdict === verdict).map(({ flow }) => flow);
  const parts = [
    someOf(
      leaking.map((flow) => `${flow.flow} ${flowRateText(flow)}`),
      mostFlows,
    ),
    ...(of("clean").length > 0 ? [`none of ${someOf(of("clean"), mostFlows)}`] : []),
    ...(of("unclear").length > 0 ? [`not clear for ${someOf(of("unclear"), mostFlows)}`] : []),
  ];
  return quoted(parts.join("; "));
}

/** Until production runs out of it: told once for each criterion, with its first finding. */
function timeLeft(finding: Finding, { findings, criteria }: ScenarioResult): string | undefined {
  const { criterion } = finding;
  if (findings.find((other) => other.criterion === criterion) !== finding) return undefined;
  const result = criteria.find(({ id }) => id === criterion);
  const time = result === undefined ? none : timeToExhaustion(result);
  return time === none ? undefined : time;
}
