import type { Report, ReportedRun } from "../../src/model/reporting.js";
import type { RunRecord } from "../../src/model/record.js";
import type { ScenarioResult } from "../../src/model/verdict.js";
import type { Locate } from "../../src/report/sources.js";
import { record, tick } from "./samples.js";

/** A Sunday in November. */
const startedAtMs = Date.UTC(2026, 10, 29, 12, 30);

function recordFor({ name }: ScenarioResult): RunRecord {
  const told = record([tick(1000, 5e6, 400), tick(2000, 9e6, 500)], "cgroup");
  const { scenario } = told.run;
  const target = { ...scenario.target, command: ["node", "server.js", "{port}"] };
  const path = `soak/${name}.yaml`;
  return {
    ...told,
    run: { ...told.run, startedAtMs, cwd: "/app", scenario: { ...scenario, name, path, target } },
  };
}

function reportedRun(result: ScenarioResult): ReportedRun {
  return {
    result,
    record: recordFor(result),
    series: {},
    folder: `reports/${result.name}`,
    repeat: `npx watertight run soak/${result.name}.yaml`,
  };
}

/** What a command came to that had these results. */
export function reported(results: readonly ScenarioResult[], given: Partial<Report> = {}): Report {
  return {
    tool: "watertight 0.1.0",
    runs: results.map(reportedRun),
    exitCode: 1,
    where: "reports/*",
    skipped: [],
    proof: undefined,
    ...given,
  };
}

/** Everything relative is in the repository, and the scenarios are. */
export const locate: Locate = (file) => (file.startsWith("/") || file.startsWith("..") ? undefined : file);
