import type { Amount, CountPlan, CriterionPlan, MemoryPlan, ScenarioPlan } from "../model/plan.js";
import { inertJson } from "./inert.js";
import type { Planned } from "./plan-text.js";

/** Version of the shape; grows when a reader of an older one would be misled. */
const planVersion = 1;

/** The plans for machines; docs/guides/plan.md names each field. A number that is not known is null, never left out. */
export interface PlanDocument {
  readonly version: number;
  readonly exitCode: number;
  readonly power: number;
  readonly assumption: string;
  readonly scenarios: readonly ScenarioDocument[];
}

interface ScenarioDocument {
  readonly name: string;
  readonly path: string;
  readonly warmup: number;
  readonly batch: number;
  readonly concurrency: number;
  readonly durationMs: number | null;
  readonly planned: Amount;
  readonly atMost: Amount;
  readonly criteria: readonly CriterionDocument[];
  readonly outOfReach: { readonly why: string; readonly fix: string } | null;
}

interface CriterionDocument {
  readonly id: CriterionPlan["id"];
  readonly dropped: string | null;
  readonly unit: "count" | "bytes";
  readonly asked: number | null;
  readonly detectable: number | null;
  readonly detectableAtMost: number | null;
  readonly isSure: boolean;
  readonly reachedAfter: number | null;
  readonly reach: CountPlan["reach"] | null;
  readonly mustBeUsed: boolean;
  readonly budgetBytes: number | null;
  readonly bytesPerSession: number | null;
}

export interface PlanParts {
  readonly planned: readonly Planned[];
  readonly exitCode: number;
  readonly power: number;
  readonly assumption: string;
}

/** Two spaces deep, with a line break at the end. */
export function renderPlanJson({ planned, ...facts }: PlanParts): string {
  const document: PlanDocument = { version: planVersion, ...facts, scenarios: planned.map(scenarioDocument) };
  return `${inertJson(JSON.stringify(document, undefined, 2))}\n`;
}

function scenarioDocument({ plan, shortfall }: Planned): ScenarioDocument {
  const { criteria, ...facts } = plan satisfies ScenarioPlan;
  const outOfReach = shortfall ? { why: shortfall.why ?? "", fix: shortfall.fix ?? "" } : null;
  const durationMs = plan.durationMs ?? null;
  return { ...facts, durationMs, criteria: criteria.map(criterionDocument), outOfReach };
}

function criterionDocument(criterion: CriterionPlan): CriterionDocument {
  const { id, kind } = criterion;
  const unknown = { id, unit: id === "memory" ? "bytes" : "count", ...nothing } as const;
  if (kind === "dropped") return { ...unknown, dropped: criterion.why };
  return { ...unknown, ...(kind === "memory" ? memoryFields(criterion) : countFields(criterion)) };
}

const nothing = {
  dropped: null,
  asked: null,
  detectable: null,
  detectableAtMost: null,
  isSure: false,
  reachedAfter: null,
  reach: null,
  mustBeUsed: false,
  budgetBytes: null,
  bytesPerSession: null,
};

function memoryFields({ asked, budgetBytes, bytesPerSession }: MemoryPlan): Partial<CriterionDocument> {
  return { asked: asked ?? null, budgetBytes, bytesPerSession };
}

function countFields(plan: CountPlan): Partial<CriterionDocument> {
  const { asked, detectable, detectableAtMost, isSure, reachedAfter, reach, mustBeUsed } = plan;
  const known = { detectable, detectableAtMost, isSure, mustBeUsed };
  return { ...known, asked: asked ?? null, reachedAfter: reachedAfter ?? null, reach: reach ?? null };
}
