import type { CriterionId } from "./verdict.js";

/** What a run of one scenario will do and be able to see, told before it. */
export interface ScenarioPlan {
  readonly name: string;
  readonly path: string;
  readonly warmup: number;
  readonly batch: number;
  readonly concurrency: number;
  /** The load ends after this; undefined = after so many operations. */
  readonly durationMs: number | undefined;
  readonly planned: Amount;
  /** As far as the run may go on by itself while something is inconclusive. */
  readonly atMost: Amount;
  readonly criteria: readonly CriterionPlan[];
}

/** Operations and batches are estimates where a duration rules; the time of the whole run always is one. */
export interface Amount {
  readonly operations: number;
  readonly batches: number;
  readonly totalMs: number;
}

export type CriterionPlan = DroppedPlan | CountPlan | MemoryPlan;

interface DroppedPlan {
  readonly kind: "dropped";
  readonly id: CriterionId;
  readonly why: string;
}

/** All rates are units left per operation, at the stated power. */
export interface CountPlan {
  readonly kind: "count";
  readonly id: CriterionId;
  readonly asked: number | undefined;
  /** What the planned operations can show, if none is left. */
  readonly detectable: number;
  readonly detectableAtMost: number;
  /** False: that holds at best, since a level that swings, or a few left that are allowed, cost power. */
  readonly isSure: boolean;
  /** Operations, in whole batches, after which the asked rate is shown. */
  readonly reachedAfter: number | undefined;
  /** Whether what is planned shows the asked rate, or what it may go on to, or neither; undefined = nothing is asked. */
  readonly reach: "planned" | "going on" | "never" | undefined;
  readonly mustBeUsed: boolean;
}

/** What can be seen of memory depends on its noise, which only a run can tell. */
export interface MemoryPlan {
  readonly kind: "memory";
  readonly id: CriterionId;
  /** Bytes per operation. */
  readonly asked: number | undefined;
  readonly budgetBytes: number;
  /** True: the budget is the default, and grows with the baseline. */
  readonly isDefaultBudget: boolean;
  readonly sessionsPerDay: number;
  /** What a session may leave for a day of them to stay within the budget. */
  readonly bytesPerSession: number;
}
