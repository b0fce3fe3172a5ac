import type { RunRecord } from "../model/record.js";
import type { Report } from "../model/reporting.js";
import type { Proof } from "../model/selftest.js";
import type { CriterionResult, ScenarioResult, ScenarioVerdict } from "../model/verdict.js";
import { type FindingDocument, findingDocument, type FlowDocument, flowDocument } from "./finding-json.js";
import { inertJson } from "./inert.js";
import { type Instrument, instrumentOf } from "./instrument.js";
import { known } from "./known.js";
import { overallVerdict } from "./overall.js";

/** Version of the shape of the report; grows when a reader of an older one would be misled. */
const reportVersion = 1;

/** The report for machines; see report.schema.json. */
export interface ReportDocument {
  readonly version: number;
  readonly verdict: ScenarioVerdict;
  readonly exitCode: number;
  readonly scenarios: readonly ScenarioDocument[];
  readonly instrument: Instrument;
}

/** Parts that are written otherwise. */
type Written = "criteria" | "findings" | "flows" | "broke" | "sessionsPerHour" | "watched";

type ScenarioDocument = Omit<ScenarioResult, Written> & {
  readonly sessionsPerHour: number | null;
  /** Nobody paced the load; null = watertight did. */
  readonly watched: { readonly unit: "seconds" | "operations" } | null;
  readonly criteria: readonly CriterionDocument[];
  readonly findings: readonly FindingDocument[];
  readonly flows: readonly FlowDocument[];
  readonly broke: string | null;
};

/** A number that is not known is null, never left out. */
export type CriterionDocument = {
  readonly [Name in keyof CriterionResult]-?: Exclude<CriterionResult[Name], undefined> | null;
};

export interface ReportParts {
  readonly results: readonly ScenarioResult[];
  readonly records: readonly RunRecord[];
  readonly exitCode: number;
  /** What the instrument was proven to see; undefined = nothing is known of it. */
  readonly proof?: Proof | undefined;
}

export function reportDocument({ results, records, exitCode, proof }: ReportParts): ReportDocument {
  return {
    version: reportVersion,
    verdict: overallVerdict(results),
    exitCode,
    scenarios: results.map(scenarioDocument),
    instrument: instrumentOf(records, proof),
  };
}

/** The report for machines, as text. */
export function renderReportJson({ runs, exitCode, proof }: Report): string {
  const results = runs.map(({ result }) => result);
  const records = runs.map(({ record }) => record);
  return renderJson(reportDocument({ results, records, exitCode, proof }));
}

/** Two spaces deep, with a line break at the end. */
export function renderJson(document: ReportDocument): string {
  return `${inertJson(JSON.stringify(document, undefined, 2))}\n`;
}

export function scenarioDocument(result: ScenarioResult): ScenarioDocument {
  const { criteria, findings, flows, broke, sessionsPerHour } = result;
  return {
    ...result,
    sessionsPerHour: known(sessionsPerHour),
    watched: result.watched ?? null,
    criteria: criteria.map(criterionDocument),
    findings: findings.map(findingDocument),
    flows: flows.map(flowDocument),
    broke: broke ?? null,
  };
}

export function criterionDocument(result: CriterionResult): CriterionDocument {
  const { baseline, peak, end, perOperation, low, high, limit, hoursToExhaustion } = result;
  const { hoursLow, hoursHigh, ceiling, detectable, shape, perHour, numbers, per } = result;
  return {
    ...result,
    per: per ?? "operation",
    baseline: known(baseline),
    peak: known(peak),
    end: known(end),
    perOperation: known(perOperation),
    low: known(low),
    high: known(high),
    limit: known(limit),
    hoursToExhaustion: known(hoursToExhaustion),
    hoursLow: known(hoursLow),
    hoursHigh: known(hoursHigh),
    ceiling: ceiling ?? null,
    detectable: known(detectable),
    shape: shape ?? null,
    perHour: perHour ?? null,
    numbers: numbers ?? null,
  };
}
