import type { Amount, CountPlan, CriterionPlan, MemoryPlan } from "../model/plan.js";
import type { CriterionRule, Scenario } from "../model/scenario.js";
import { type CriterionId, criterionIds } from "../model/verdict.js";
import { leastBudgetBytes } from "./daily-growth.js";
import { detectableRate, operationsFor } from "./power.js";

const hoursPerDay = 24;

export interface PlannedSize {
  readonly planned: Pick<Amount, "operations">;
  readonly atMost: Pick<Amount, "operations">;
}

/** What each criterion will be able to see in a run of this size. */
export function plannedPower(scenario: Scenario, size: PlannedSize): readonly CriterionPlan[] {
  return criterionIds.map((id) => {
    const rule = scenario.criteria[id];
    if (rule.dropped) return { kind: "dropped", id, why: rule.why };
    return id === "memory"
      ? memoryPlan(rule, scenario)
      : countPlan({ id, rule, size, batch: scenario.load.batch });
  });
}

type ActiveRule = Extract<CriterionRule, { dropped: false }>;

interface Counted {
  readonly id: CriterionId;
  readonly rule: ActiveRule;
  readonly size: PlannedSize;
  readonly batch: number;
}

function countPlan({ id, rule, size, batch }: Counted): CountPlan {
  const asked = rule.detectPerOperation;
  const detectable = detectableRate(size.planned.operations);
  const detectableAtMost = detectableRate(size.atMost.operations);
  return {
    kind: "count",
    id,
    asked,
    detectable,
    detectableAtMost,
    // Tasks are numbers without identities: which of them are left is not known.
    isSure: id !== "tasks" && rule.allow === 0,
    reachedAfter: asked === undefined ? undefined : wholeBatches(operationsFor(asked), batch),
    reach: asked === undefined ? undefined : reachOf(asked, { detectable, detectableAtMost }),
    mustBeUsed: rule.used === true,
  };
}

function wholeBatches(operations: number, batch: number): number {
  return batch * Math.ceil(operations / batch);
}

function reachOf(
  asked: number,
  { detectable, detectableAtMost }: Pick<CountPlan, "detectable" | "detectableAtMost">,
): CountPlan["reach"] {
  if (detectable <= asked) return "planned";
  return detectableAtMost <= asked ? "going on" : "never";
}

function memoryPlan(rule: ActiveRule, { production }: Scenario): MemoryPlan {
  const budgetBytes = rule.budgetBytes ?? leastBudgetBytes;
  const sessionsPerDay = production.sessionsPerHour * hoursPerDay;
  return {
    kind: "memory",
    id: "memory",
    asked: rule.detectPerOperation,
    budgetBytes,
    isDefaultBudget: rule.budgetBytes === undefined,
    sessionsPerDay,
    bytesPerSession: budgetBytes / sessionsPerDay,
  };
}
