import type { CriterionResult } from "../model/verdict.js";

/**
 * Whether a pass claims more than is true, given what was really left per operation.
 * A count passes as "nothing above the detectable rate"; memory passes as "at most this growth, within the budget".
 */
export function claimsTooMuch(criterion: CriterionResult, truth: number): boolean {
  if (criterion.verdict !== "pass") return false;
  const sees = detectableOf(criterion) ?? 0;
  return criterion.unit === "bytes" ? truth > Math.max(sees, criterion.high ?? 0) : truth > sees;
}

/** The smallest growth per operation that would have been seen; a judge that says none has its upper bound. */
export function detectableOf({ detectable, high }: CriterionResult): number | undefined {
  const sees = detectable ?? high;
  return sees !== undefined && Number.isFinite(sees) ? sees : undefined;
}
