import type { Finding, FlowRate } from "./finding.js";

export const criterionIds = ["tasks", "processes", "fds", "memory", "zombies", "ptys"] as const;
/** The six success criteria of the product, see README "Criteria". */
export type CriterionId = (typeof criterionIds)[number];

export type Verdict = "pass" | "fail" | "inconclusive" | "unchecked";

/** A criterion that the scenario dropped is shown, and decides nothing. */
export type CriterionVerdict = Verdict | "dropped";

/** What a series looks like. The first group is not a leak, the second is, the last says neither. */
export type Shape =
  | "clean"
  | "flat"
  | "filling pool"
  | "one-off step"
  | "warm-up"
  | "sawtooth"
  | "slow release"
  | "baseline drift"
  | "steady leak"
  | "rare leak"
  | "late leak"
  | "leak on a pool"
  | "leak in bursts"
  | "leak over time"
  | "leak behind restarts"
  | "unclear";

export interface Rate {
  readonly rate: number;
  /** 95% interval. */
  readonly low: number;
  readonly high: number;
}

export interface CriterionResult {
  readonly id: CriterionId;
  readonly verdict: CriterionVerdict;
  /** `count` or `bytes`: how the numbers of this result are to be printed. */
  readonly unit: "count" | "bytes";
  /** What was held at the baseline, at the highest moment, and after the drain. */
  readonly baseline: number | undefined;
  readonly peak: number | undefined;
  readonly end: number | undefined;
  /** What rates are told by; absent = `operation`. In a watch, where nobody counts operations, `perOperation`, `low`, `high` and `detectable` are by the second. */
  readonly per?: "operation" | "second" | undefined;
  /** Growth per operation and its 95% interval. */
  readonly perOperation: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** The ceiling it would hit, read on this system. */
  readonly limit: number | undefined;
  /** Hours of production traffic until the ceiling is hit, with the interval of the rate; undefined = never. */
  readonly hoursToExhaustion: number | undefined;
  readonly hoursLow?: number | undefined;
  readonly hoursHigh?: number | undefined;
  /** Name of the ceiling behind `limit`, e.g. `soft RLIMIT_NOFILE`. */
  readonly ceiling?: string | undefined;
  /** The smallest growth per operation that would have been seen at the stated power. */
  readonly detectable?: number | undefined;
  /** What the curve looks like. */
  readonly shape?: Shape | undefined;
  /** Where time drives the growth and not the load. */
  readonly perHour?: Rate | undefined;
  /** The numbers behind the verdict, by name. */
  readonly numbers?: Readonly<Record<string, number>> | undefined;
  /** One sentence in plain words. For a pass it states the power. */
  readonly reason: string;
}

export type ScenarioVerdict = Verdict | "broke";

export interface ScenarioResult {
  readonly name: string;
  readonly verdict: ScenarioVerdict;
  /** True when it was stopped by hand and judged on what there was. */
  readonly interrupted: boolean;
  /** Nobody paced the load; absent = watertight did. */
  readonly watched?: { readonly unit: "seconds" | "operations" } | undefined;
  readonly operations: OperationCounts;
  readonly durationMs: number;
  /** The production traffic that hours of exhaustion are told for. */
  readonly sessionsPerHour?: number | undefined;
  readonly criteria: readonly CriterionResult[];
  readonly findings: readonly Finding[];
  /** What each flow leaves of each resource that fails; empty where only one flow runs, or nothing fails. */
  readonly flows: readonly FlowRate[];
  readonly allowances: readonly AllowanceUse[];
  /** Gaps, failed operations, probes lost: whatever a reader must know to trust the verdict. */
  readonly notes: readonly string[];
  /** Why it broke. */
  readonly broke: string | undefined;
  /** Last lines of the target's output, where they help (broke, or a dirty stop). */
  readonly logTail: readonly string[];
}

/** What became of an allowance of the scenario, or of a built-in one that was used. */
export interface AllowanceUse {
  /** E.g. `fd /var/log/app.log`. */
  readonly what: string;
  readonly reason: string;
  readonly builtIn: boolean;
  /** Things that it excused after the drain. */
  readonly used: number;
  /** `over`: more were there than it allows. */
  readonly state: "used" | "unused" | "expired" | "over";
}

export interface OperationCounts {
  readonly landed: number;
  readonly failed: number;
  readonly byFlow: Readonly<Record<string, { readonly landed: number; readonly failed: number }>>;
}
