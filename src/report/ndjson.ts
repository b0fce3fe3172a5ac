import type { Progress } from "../model/progress.js";
import type { ReporterContext, Reporter, RunEvent } from "../model/reporting.js";
import type { ScenarioResult } from "../model/verdict.js";
import { findingDocument } from "./finding-json.js";
import { inertJson } from "./inert.js";
import { scenarioDocument } from "./json.js";
import { known } from "./known.js";

/** Version of the shape of the lines; grows when a reader of an older one would be misled. */
const eventsVersion = 1;
/** Progress comes far more often than anybody wants to read it. */
const progressEveryMs = 1000;

/** What happens, one JSON object a line, as it happens; see events.schema.json. */
export function ndjsonReporter({ write }: Pick<ReporterContext, "write">): Reporter {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  return {
    onEvent: (event) => {
      if (event.type === "progress") {
        const sinceMs = event.atMs - toldAtMs;
        // A clock that was set back must not silence it.
        if (sinceMs >= 0 && sinceMs < progressEveryMs) return;
        toldAtMs = event.atMs;
      }
      write(documentsOf(event).map(line).join(""));
    },
  };
}

function line(document: object): string {
  return `${inertJson(JSON.stringify(document))}\n`;
}

function documentsOf(event: RunEvent): object[] {
  switch (event.type) {
    case "start":
      return [{ type: "start", version: eventsVersion, atMs: event.atMs, scenario: event.scenario }];
    case "progress":
      return [progressDocument(event)];
    case "look":
      return [{ ...event, waitsFor: event.waitsFor ?? null }];
    case "verdict":
      return verdictDocuments(event);
    case "phase":
    case "end":
    default:
      return [event];
  }
}

function progressDocument(event: Progress & { readonly type: "progress"; readonly atMs: number }): object {
  const { batches, totalOperations, perSecond, etaMs, waitsFor, tasks, fds, processes, ptys, rssBytes } =
    event;
  return {
    ...event,
    batches: known(batches),
    totalOperations: known(totalOperations),
    perSecond: known(perSecond),
    tasks: known(tasks),
    fds: known(fds),
    processes: known(processes),
    ptys: known(ptys),
    rssBytes: known(rssBytes),
    etaMs: known(etaMs),
    waitsFor: waitsFor ?? null,
  };
}

/** Each finding on a line of its own, so that the line of a verdict stays short. */
function verdictDocuments(event: {
  readonly atMs: number;
  readonly scenario: string;
  readonly result: ScenarioResult;
}): object[] {
  const { atMs, scenario, result } = event;
  const { findings, ...rest } = scenarioDocument(result);
  return [
    ...result.findings.map((finding) => ({
      type: "finding",
      atMs,
      scenario,
      finding: findingDocument(finding),
    })),
    { type: "verdict", atMs, scenario, result: { ...rest, findings: findings.length } },
  ];
}
