import type { Report, ReportedRun } from "../model/reporting.js";
import type { CriterionResult } from "../model/verdict.js";
import { findingsOf, plainFindingLines } from "./plain-finding.js";
import { tame } from "./tame.js";
import { element, escapeXml } from "./xml.js";

interface TestCase {
  readonly name: string;
  /** Undefined = it passed. */
  readonly outcome?: "failure" | "error" | "skipped" | undefined;
  readonly type?: string | undefined;
  readonly message?: string | undefined;
  /** What stands in the element of the outcome, not yet escaped. */
  readonly text?: string | undefined;
  readonly seconds?: string | undefined;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly TestCase[];
  readonly seconds?: string | undefined;
  readonly timestamp?: string | undefined;
  readonly properties: Readonly<Record<string, string>>;
  readonly output: readonly string[];
}

/**
 * JUnit XML, as Jenkins and GitLab read it (junit-10.xsd of Jenkins' xUnit plugin): a suite for each scenario, a test case for
 * each criterion, and one for the run itself. What could not be told is an error: as `skipped` it would look like a pass.
 */
export function renderJunit(report: Report): string {
  const suites = [...report.runs.map((run) => suiteOf(run, report.tool)), ...report.skipped.map(leftOut)];
  const all = suites.flatMap(({ cases }) => cases);
  const { tests, failures, errors } = countsOf(all);
  const root = element(
    "testsuites",
    { name: "watertight", tests, failures, errors },
    suites.flatMap(suiteLines),
  );
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...root, ""].join("\n");
}

function suiteOf({ result, record, folder, repeat }: ReportedRun, tool: string): Suite {
  const { landed, failed } = result.operations;
  const seconds = (result.durationMs / 1000).toFixed(3);
  return {
    name: tame(result.name),
    seconds,
    timestamp: new Date(record.run.startedAtMs).toISOString().slice(0, 19),
    properties: {
      verdict: result.verdict,
      tool,
      "operations.landed": String(landed),
      "operations.failed": String(failed),
      scenario: tame(record.run.scenario.path),
      folder: tame(folder),
      repeat: tame(repeat),
    },
    cases: [runCase(result, seconds), ...result.criteria.map((criterion) => caseOf(criterion, result))],
    output: [...result.notes.map((note) => `note: ${tame(note)}`), ...result.logTail.map(tame)],
  };
}

type Result = ReportedRun["result"];

/** The run itself: it broke, or it did not. */
function runCase({ broke, interrupted }: Result, seconds: string): TestCase {
  if (broke !== undefined)
    return { name: "run", outcome: "error", type: "broke", message: tame(broke), seconds };
  return interrupted
    ? { name: "run", outcome: "skipped", message: "interrupted, and judged on what there was", seconds }
    : { name: "run", seconds };
}

function caseOf(criterion: CriterionResult, result: Result): TestCase {
  const { id: name, verdict, reason } = criterion;
  const message = tame(reason);
  if (verdict === "pass") return { name };
  if (verdict === "dropped") return { name, outcome: "skipped", message };
  if (verdict !== "fail") {
    // A run that broke is one error, not seven.
    const outcome = result.broke === undefined ? "error" : "skipped";
    return { name, outcome, type: verdict, message };
  }
  const text = findingsOf(result, name).flatMap((finding) => [...plainFindingLines(finding, result), ""]);
  return { name, outcome: "failure", type: "leak", message, text: text.join("\n").trimEnd() };
}

/** A scenario that an interrupt left out. */
function leftOut(name: string): Suite {
  const cases = [{ name: "run", outcome: "skipped", message: "not run: it was stopped before" }] as const;
  return { name: tame(name), cases, properties: {}, output: [] };
}

function suiteLines({ name, cases, seconds, timestamp, properties, output }: Suite): string[] {
  const { tests, failures, errors, skipped } = countsOf(cases);
  const named = Object.entries(properties).flatMap(([key, value]) =>
    element("property", { name: key, value }),
  );
  return element("testsuite", { name, tests, failures, errors, skipped, time: seconds, timestamp }, [
    ...(named.length === 0 ? [] : element("properties", {}, named)),
    ...cases.flatMap((one) => caseLines(one, name)),
    ...(output.length === 0 ? [] : element("system-out", {}, escapeXml(output.join("\n")))),
  ]);
}

function caseLines({ name, outcome, type, message, text = "", seconds }: TestCase, suite: string): string[] {
  const attributes = { classname: `watertight.${suite}`, name, time: seconds };
  if (outcome === undefined) return element("testcase", attributes);
  return element("testcase", attributes, element(outcome, { type, message }, escapeXml(text)));
}

function countsOf(cases: readonly TestCase[]) {
  const count = (outcome: TestCase["outcome"]): number =>
    cases.filter((one) => one.outcome === outcome).length;
  return {
    tests: cases.length,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
  };
}
