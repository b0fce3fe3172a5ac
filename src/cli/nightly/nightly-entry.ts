import type { HistoryCriterion, HistoryEntry } from "../../model/history.js";
import type { CriterionResult, Rate, ScenarioResult } from "../../model/verdict.js";

/** What is known of a run before it is judged. */
export type RunFacts = Pick<
  HistoryEntry,
  "version" | "id" | "night" | "startedAtMs" | "target" | "scenario" | "commit" | "tool" | "kernel" | "repeat"
>;

export interface Ended {
  readonly durationMs: number;
  readonly quarantine: HistoryEntry["quarantine"];
  readonly report: string | undefined;
}

/** A run that was judged, as the history keeps it. */
export function entryOf(facts: RunFacts, result: ScenarioResult, ended: Ended): HistoryEntry {
  return {
    ...facts,
    ...ended,
    verdict: result.verdict,
    landed: result.operations.landed,
    criteria: result.criteria.map((each) => criterionOf(each)),
    findings: result.findings.map(({ criterion, summary, origin }) => ({
      criterion,
      summary,
      at: origin?.at,
    })),
  };
}

/** One that came to no record: its server did not start, or its command is none. */
export function brokenEntryOf(facts: RunFacts, durationMs: number): HistoryEntry {
  return { ...facts, durationMs, verdict: "broke", landed: 0, criteria: [], findings: [] };
}

function criterionOf(result: CriterionResult): HistoryCriterion {
  const { id, verdict, unit } = result;
  return { id, verdict, unit, rate: rateOf(result) };
}

function rateOf({ perOperation: rate, low, high }: CriterionResult): Rate | undefined {
  if (!isFinite(rate) || !isFinite(low) || !isFinite(high)) return undefined;
  return { rate, low, high };
}

function isFinite(value: number | undefined): value is number {
  return Number.isFinite(value);
}
