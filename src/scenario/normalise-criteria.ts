import type { CriterionRule, Scenario } from "../model/scenario.js";
import { type CriterionId, criterionIds } from "../model/verdict.js";
import type { ScenarioFile } from "./file.js";
import { byteRate, countRate } from "./rate.js";
import { byteCount, optional, shareOf } from "./units.js";

type Criteria = Scenario["criteria"];

interface FileRule {
  readonly drop?: string;
  readonly allow?: number;
  readonly peakShare?: string;
  readonly budget?: string | undefined;
  readonly detect?: string | undefined;
  readonly used?: true | undefined;
}

/** Defaults filled in, and the `detect` of the file given to each criterion that counts and has none of its own. */
export function criteriaOf({ criteria, detect }: Pick<ScenarioFile, "criteria" | "detect">): Criteria {
  return mapCriteria((id) => {
    const rule: FileRule = criteria[id] ?? {};
    return ruleOf(id, { ...rule, detect: rule.detect ?? (id === "memory" ? undefined : detect) });
  });
}

function ruleOf(id: CriterionId, rule: FileRule): CriterionRule {
  if (rule.drop !== undefined) return { dropped: true, why: rule.drop };
  return {
    dropped: false,
    peakShare: id === "fds" ? shareOf(rule.peakShare ?? "50%") : undefined,
    budgetBytes: optional(rule.budget, byteCount),
    allow: rule.allow ?? 0,
    ...(rule.detect !== undefined && {
      detectPerOperation: id === "memory" ? byteRate(rule.detect) : countRate(rule.detect),
    }),
    ...(rule.used && { used: true }),
  };
}

/** Another rate wherever a criterion that counts asks for one. */
export function withDetect(criteria: Criteria, detectPerOperation: number | undefined): Criteria {
  if (detectPerOperation === undefined) return criteria;
  return mapCriteria((id) => {
    const rule = criteria[id];
    const asks = id !== "memory" && !rule.dropped && rule.detectPerOperation !== undefined;
    return asks ? { ...rule, detectPerOperation } : rule;
  });
}

/** The rates that are asked of the criteria that count: units left per operation. */
export function askedRates(criteria: Criteria): readonly number[] {
  return criterionIds
    .filter((id) => id !== "memory")
    .map((id) => criteria[id])
    .flatMap((rule) => (rule.dropped ? [] : [rule.detectPerOperation ?? []]))
    .flat();
}

function mapCriteria(ruleOf: (id: CriterionId) => CriterionRule): Criteria {
  return {
    tasks: ruleOf("tasks"),
    processes: ruleOf("processes"),
    fds: ruleOf("fds"),
    memory: ruleOf("memory"),
    zombies: ruleOf("zombies"),
    ptys: ruleOf("ptys"),
  };
}
