import type { ScenarioResult } from "../../src/model/verdict.js";
import { type CriterionId, type CriterionResult, criterionIds } from "../../src/model/verdict.js";
import type { Planting } from "../../src/selftest/plantings.js";
import { criterion, scenario } from "../report/samples.js";

/** A run of 100 operations whose criteria pass, but for those given. */
export function run(
  given: Partial<Record<CriterionId, Partial<CriterionResult>>>,
  others: Partial<ScenarioResult> = {},
): ScenarioResult {
  const criteria = criterionIds.map((id) => criterion(id, { detectable: 0.03, high: 0.03, ...given[id] }));
  const verdicts = criteria.map(({ verdict }) => verdict);
  const verdict = (["fail", "inconclusive", "unchecked"] as const).find((one) => verdicts.includes(one));
  return scenario({
    operations: { landed: 100, failed: 0, byFlow: {} },
    criteria,
    verdict: verdict ?? "pass",
    ...others,
  });
}

export const pty: Planting = {
  plant: "pty",
  scenario: "goose-churn",
  criterion: "ptys",
  also: ["fds"],
  rates: [1, 0.1],
};

export const memory: Planting = {
  plant: "memory",
  scenario: "connect-churn",
  criterion: "memory",
  also: [],
  bytesPerLeak: 1024,
  rates: [1],
};
