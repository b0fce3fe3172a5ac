import type { CriterionId, CriterionResult, Rate } from "./verdict.js";

/**
 * What became of one resource.
 * `worse`, `better`: surely, and `worse` beyond what is allowed. `within`: no more than what is allowed, surely.
 * `same`: not distinguishable. `open`: more than what is allowed cannot be ruled out. `not compared`: see `why`.
 */
export type ComparedOutcome = "worse" | "better" | "within" | "same" | "open" | "not compared";

/** One resource of one scenario in two builds. Rates are per operation, in units of the resource. */
export interface ComparedResource {
  readonly id: CriterionId;
  readonly unit: CriterionResult["unit"];
  readonly outcome: ComparedOutcome;
  /** With 95% intervals. */
  readonly before: Rate | undefined;
  readonly after: Rate | undefined;
  /** After less before. */
  readonly difference: Rate | undefined;
  /** The chance of a difference as great as this, in its direction, without any: one-sided. */
  readonly chance: number | undefined;
  /** The chance below which a difference counts: what the comparison's share of error leaves for this one. */
  readonly alpha: number | undefined;
  /** The smallest rise that would have been told, with a probability of 95%. */
  readonly detectable: number | undefined;
  /** Variance over that of single, independent events (counts) or of the errors known of each run (memory). */
  readonly dispersion: number | undefined;
  /** A rise that is allowed, per operation; undefined = none. */
  readonly beyond: number | undefined;
  /** Repeats of each build, such as these, to tell a rise of `beyond` from none; undefined where it is told. */
  readonly repeatsNeeded: number | undefined;
  /** Why it is not compared, or what is to be known of it. */
  readonly why: string | undefined;
}

/** What is known of one side of a scenario. */
export interface ComparedSide {
  readonly runs: number;
  readonly operations: number;
}

export interface ComparedScenario {
  readonly name: string;
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  readonly resources: readonly ComparedResource[];
  /** Why nothing of it is compared; undefined where something is. */
  readonly cannot: string | undefined;
  /** What differs beside the build, and runs that were left out. */
  readonly notes: readonly string[];
}

/** One of the two builds. */
export interface ComparedBuild extends ComparedSide {
  /** Where its records are, as the user would type it. */
  readonly where: string;
  /** What was started, or attached to, each once. */
  readonly commands: readonly string[];
}

export interface Comparison {
  readonly tool: string;
  readonly before: ComparedBuild;
  readonly after: ComparedBuild;
  readonly scenarios: readonly ComparedScenario[];
  /** The chance that a comparison of two builds without a difference tells of any that got worse. */
  readonly familyAlpha: number;
  readonly verdict: "regression" | "no regression" | "undecided";
  readonly exitCode: number;
}

/** Rises that are allowed, per operation; undefined = none is. */
export type Beyond = Readonly<Partial<Record<CriterionId, number>>>;
