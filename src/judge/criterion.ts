import type { CriterionRule } from "../model/scenario.js";
import type { Leak } from "../model/finding.js";
import type { CriterionId, CriterionResult, CriterionVerdict } from "../model/verdict.js";

/** A rule that is in force. */
export type ActiveRule = Extract<CriterionRule, { dropped: false }>;

/** What judging one criterion comes to. */
export interface Judged {
  readonly result: CriterionResult;
  readonly findings: readonly Leak[];
}

type Measures = Partial<Omit<CriterionResult, "id" | "unit">>;

export function resultOf(id: CriterionId, verdict: CriterionVerdict, measures: Measures): CriterionResult {
  return {
    id,
    verdict,
    unit: id === "memory" ? "bytes" : "count",
    baseline: measures.baseline,
    peak: measures.peak,
    end: measures.end,
    perOperation: measures.perOperation,
    low: measures.low,
    high: measures.high,
    limit: measures.limit,
    hoursToExhaustion: measures.hoursToExhaustion,
    hoursLow: measures.hoursLow,
    hoursHigh: measures.hoursHigh,
    ceiling: measures.ceiling,
    detectable: measures.detectable,
    shape: measures.shape,
    perHour: measures.perHour,
    numbers: measures.numbers,
    reason: measures.reason ?? "",
  };
}

export function without(id: CriterionId, verdict: CriterionVerdict, reason: string): Judged {
  return { result: resultOf(id, verdict, { reason }), findings: [] };
}
