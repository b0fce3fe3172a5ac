import type { Measure } from "../model/measure.js";
import type { Report, ReportedRun } from "../model/reporting.js";
import { criterionMeasures } from "./criterion-measures.js";
import { gauge, labelsOf, type Reading, stateSet } from "./readings.js";
import { tame } from "./tame.js";

const verdicts = ["pass", "fail", "inconclusive", "unchecked", "broke"] as const;

/** The numbers of a report: one measure each, in base units. */
export function measuresOf({ runs, exitCode, tool }: Report): Measure[] {
  const [name = "", version = ""] = tool.split(" ");
  const build = { labels: { name: tame(name), version: tame(version) }, value: 1 };
  const exit = { labels: {}, value: exitCode };
  return [
    gauge({ name: "build_info", help: "The tool that measured." }, [build]),
    gauge({ name: "exit_code", help: "What the command exited with; 0 = every criterion passed." }, [exit]),
    ...runMeasures(runs),
    ...criterionMeasures(runs),
  ].filter(({ samples }) => samples.length > 0);
}

function runMeasures(runs: readonly ReportedRun[]): Measure[] {
  const of = (value: (run: ReportedRun) => number): Reading[] =>
    runs.map((run) => ({ labels: labelsOf(run), value: value(run) }));
  return [
    gauge(
      { name: "scenario_verdict", help: "1 for the verdict of the scenario, 0 for the others." },
      runs.flatMap((run) => stateSet(verdicts, run.result.verdict, labelsOf(run))),
    ),
    gauge(
      { name: "run_start_timestamp", help: "When the run began, in Unix time.", unit: "seconds" },
      of(({ record }) => record.run.startedAtMs / 1000),
    ),
    gauge(
      { name: "run_duration", help: "How long the run took.", unit: "seconds" },
      of(({ result }) => result.durationMs / 1000),
    ),
    gauge(
      { name: "findings", help: "Leaks that were found." },
      of(({ result }) => result.findings.length),
    ),
    gauge(
      { name: "run_operations", help: "Operations of the run that ended, the warm-up not counted." },
      runs.flatMap(operations),
    ),
  ];
}

function operations(run: ReportedRun): Reading[] {
  const { landed, failed } = run.result.operations;
  return Object.entries({ landed, failed }).map(([outcome, value]) => ({
    labels: { ...labelsOf(run), outcome },
    value,
  }));
}
