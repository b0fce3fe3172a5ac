import type { CriterionRule, Production } from "../model/scenario.js";
import type { CriterionId, CriterionResult, CriterionVerdict, Finding } from "../model/verdict.js";

/** A rule that is in force. */
export type ActiveRule = Extract<CriterionRule, { dropped: false }>;

/** What judging one criterion comes to. */
export interface Judged {
  readonly result: CriterionResult;
  readonly findings: readonly Finding[];
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
    reason: measures.reason ?? "",
  };
}

export function without(id: CriterionId, verdict: CriterionVerdict, reason: string): Judged {
  return { result: resultOf(id, verdict, { reason }), findings: [] };
}

export interface Course {
  readonly end: number;
  readonly limit: number | null | undefined;
  readonly perOperation: number;
}

/** Hours of production traffic until the limit is hit; undefined when it never is, or no limit is known. */
export function hoursLeft(course: Course, { sessionsPerHour }: Production): number | undefined {
  const perHour = course.perOperation * sessionsPerHour;
  if (typeof course.limit !== "number" || perHour <= 0) return undefined;
  return Math.max(0, course.limit - course.end) / perHour;
}
