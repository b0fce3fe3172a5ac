import type { CriterionId, CriterionResult } from "./verdict.js";

/** One run of the self-test: a plant at one rate, or the clean twin. */
export interface Trial {
  readonly scenario: string;
  /** Undefined for the clean twin. `rate` is leaks per opportunity, above 0 and up to 1. */
  readonly plant: { readonly name: string; readonly rate: number } | undefined;
  /** Operations to measure, the warm-up not counted. */
  readonly operations: number;
}

/**
 * What became of a trial. `clean`: the twin passed. `found`: the leak failed a criterion of its own.
 * `below`: not called a leak, and rarer than what the run says it can see. `allowed`: seen, and within the
 * budget of its criterion. `missed`: passed, although the run says that it would have seen it.
 * `accused`: a criterion failed without a leak of its kind.
 */
export type TrialOutcome =
  | "clean"
  | "found"
  | "below"
  | "allowed"
  | "missed"
  | "accused"
  | "unclear"
  | "broke"
  | "interrupted";

export interface TrialResult extends Trial {
  readonly outcome: TrialOutcome;
  /** Leaks that the target itself reported after the baseline, and that last to the end; 0 for the twin. */
  readonly planted: number;
  /** Operations that landed after the baseline. */
  readonly landed: number;
  /** What was left per operation, in the unit of the criterion; undefined for the twin, and where nothing landed. */
  readonly truth: number | undefined;
  /** What the outcome rests on; undefined for a clean twin and a run that broke. */
  readonly criterion: CriterionResult | undefined;
  /** Only of a clean twin: the smallest growth per operation that each criterion would have seen. */
  readonly detectable: Readonly<Partial<Record<CriterionId, number>>>;
  readonly durationMs: number;
  /** One sentence in plain words. */
  readonly reason: string;
}

/** How small a leak of one resource can be seen. Units per operation: a count, or bytes. */
export interface Sight {
  readonly criterion: CriterionId;
  readonly unit: "count" | "bytes";
  /** The smallest growth that the clean twin says it would have seen, where a plant of this kind was caught. */
  readonly detectable: number;
  /** The smallest planted growth that was caught. */
  readonly caught: number;
}

/** What the self-test proved of this version of the tool on this machine. */
export interface Proof {
  readonly tool: string;
  readonly kernel: string;
  readonly node: string;
  /** ISO 8601. */
  readonly provenAt: string;
  readonly sights: readonly Sight[];
}

export interface SelftestResult {
  readonly exitCode: number;
  readonly trials: readonly TrialResult[];
  /** Plants that were to be tried, and for which no time was left. */
  readonly untried: readonly string[];
  /** Plants that were tried, and found at none of their rates. */
  readonly neverFound: readonly string[];
  readonly proof: Proof;
  readonly givenMs: number;
  readonly durationMs: number;
  readonly notes: readonly string[];
}
