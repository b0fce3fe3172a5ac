import type { CriterionId, CriterionVerdict, Rate, ScenarioVerdict } from "./verdict.js";

/** Version of an entry of the history; a reader skips a newer one, and says so. */
export const historyVersion = 1;

/** One run of one scenario against one target: a line of the history, NDJSON. */
export interface HistoryEntry {
  readonly version: number;
  /** Unique for all time and all machines: the same entry that comes twice (an import, a crash) counts once. */
  readonly id: string;
  /** The night that it belongs to, YYYY-MM-DD (UTC): that of the start of the whole suite. */
  readonly night: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly target: string;
  readonly scenario: string;
  /** Of the target's source, as git knows it; undefined = not known. */
  readonly commit?: string | undefined;
  readonly tool: string;
  readonly kernel: string;
  /** 1, 2, 3 … where a night repeats a scenario. */
  readonly repeat: number;
  readonly verdict: ScenarioVerdict;
  readonly landed: number;
  readonly criteria: readonly HistoryCriterion[];
  readonly findings: readonly HistoryFinding[];
  /** Its verdict does not count for the exit code. */
  readonly quarantine?: Quarantine | undefined;
  /** The page of this run, relative to the folder of the index; undefined = none was kept. */
  readonly report?: string | undefined;
}

export interface Quarantine {
  readonly reason: string;
  /** The last day, YYYY-MM-DD. */
  readonly until: string;
}

export interface HistoryCriterion {
  readonly id: CriterionId;
  readonly verdict: CriterionVerdict;
  readonly unit: "count" | "bytes";
  /** Growth per operation, 95% interval; undefined = could not be told. */
  readonly rate: Rate | undefined;
}

export interface HistoryFinding {
  readonly criterion: CriterionId;
  readonly summary: string;
  /** Where it is made, e.g. `src/terminate.ts:88`. */
  readonly at?: string | undefined;
}

/** What all nights of one target and scenario come to: a row of the index. */
export interface TrendRow {
  readonly target: string;
  readonly scenario: string;
  /** Oldest first; a night without a run is not in it. */
  readonly nights: readonly NightResult[];
  /** One for each criterion that ever was judged. */
  readonly curves: readonly TrendCurve[];
  readonly state: TrendState;
  /** The change that the row's state began with; undefined = it was always so. */
  readonly since: Since | undefined;
  /** Every change, oldest first: a leak that came, a leak that went. */
  readonly changes: readonly Change[];
}

/** `new`: leaks, and did not the night before. `still`: leaks for longer. `fixed`: the night before it leaked. */
export type TrendState = "new" | "still" | "fixed" | "ok" | "unclear" | "quarantined";

/** The repeats of one night, taken together. */
export interface NightResult {
  readonly night: string;
  readonly verdict: ScenarioVerdict;
  readonly commit: string | undefined;
  /** Undefined where its fails count, or nothing failed. */
  readonly quarantine: Quarantine | undefined;
  readonly report: string | undefined;
  /** The shortest text of what leaked; empty where nothing did. */
  readonly findings: readonly HistoryFinding[];
}

export interface TrendCurve {
  readonly id: CriterionId;
  readonly unit: "count" | "bytes";
  /** Parallel to `nights` of the row; undefined = not measured that night. */
  readonly rates: readonly (Rate | undefined)[];
}

export interface Since {
  /** The first night of it. */
  readonly night: string;
  /** The last commit before, and the first one of it: what came between did it. Undefined = not known. */
  readonly afterCommit: string | undefined;
  readonly upToCommit: string | undefined;
}

export interface Change extends Since {
  readonly kind: "leak" | "fix";
  /** What changed: the criteria that leak from then on, or no longer. */
  readonly criteria: readonly CriterionId[];
}
