import type { ScenarioResult, ScenarioVerdict } from "../model/verdict.js";

/** The gravest first, as the exit codes weigh them. */
const gravity = ["fail", "broke", "inconclusive", "unchecked", "pass"] as const;

/** The scenario that decides the verdict of a run. */
export function gravestOf(results: readonly ScenarioResult[]): ScenarioResult | undefined {
  const byGravity = gravity.map((verdict) => results.find((result) => result.verdict === verdict));
  return byGravity.find((result) => result !== undefined);
}

/** The verdict of a run; one without scenarios has measured nothing. */
export function overallVerdict(results: readonly ScenarioResult[]): ScenarioVerdict {
  return gravestOf(results)?.verdict ?? "unchecked";
}
