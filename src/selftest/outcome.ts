import type { Trial, TrialOutcome, TrialResult } from "../model/selftest.js";
import type { CriterionId, CriterionResult, ScenarioResult } from "../model/verdict.js";
import { claimsTooMuch, detectableOf } from "./claim.js";
import type { Planting } from "./plantings.js";

export interface TrialFacts {
  readonly trial: Trial;
  /** Of the trial's plant; undefined for the clean twin. */
  readonly planting: Planting | undefined;
  /** Leaks that the target itself reported after the baseline. */
  readonly reported: number;
  readonly run: ScenarioResult;
}

type Finding = Pick<TrialResult, "outcome" | "criterion" | "reason">;

/** Holds what a run was judged to be against what was planted in it. */
export function outcomeOf(facts: TrialFacts): TrialResult {
  const { trial, run, planting, reported } = facts;
  const planted = Math.round(reported * (planting?.lasts ?? 1));
  const truth = truthOf(facts);
  const found = endedEarly(run) ?? (planting ? ofPlant(planting, { run, truth }) : ofTwin(run));
  return {
    scenario: trial.scenario,
    plant: trial.plant,
    operations: trial.operations,
    ...found,
    planted,
    landed: run.operations.landed,
    truth,
    detectable: found.outcome === "clean" ? detectables(run) : {},
    durationMs: run.durationMs,
  };
}

function endedEarly(run: ScenarioResult): Finding | undefined {
  if (run.interrupted) return { outcome: "interrupted", criterion: undefined, reason: "you stopped it" };
  if (run.verdict !== "broke") return undefined;
  return { outcome: "broke", criterion: undefined, reason: run.broke ?? "the run broke" };
}

function ofTwin({ criteria, verdict }: ScenarioResult): Finding {
  const first = criteria.find((one) => one.verdict === verdict);
  if (verdict === "pass") return { outcome: "clean", criterion: undefined, reason: "every criterion passes" };
  return told(verdict === "fail" ? "accused" : "unclear", first);
}

interface Planted {
  readonly run: ScenarioResult;
  readonly truth: number | undefined;
}

function ofPlant({ criterion, also }: Planting, { run, truth }: Planted): Finding {
  const failed = run.criteria.filter(({ verdict }) => verdict === "fail");
  const own = run.criteria.find(({ id }) => id === criterion);
  const foreign = failed.find(({ id }) => id !== criterion && !also.includes(id));
  if (foreign) return told("accused", foreign);
  const caught = failed.find(({ id }) => id === criterion) ?? failed[0];
  // Where nothing was planted, there was nothing to find.
  if (caught) return told(truth === undefined || truth === 0 ? "accused" : "found", caught);
  return told(uncaught(own, truth), own);
}

/** Not called a leak: honest where the leak is rarer than what the run says it can see. */
function uncaught(own: CriterionResult | undefined, truth: number | undefined): TrialOutcome {
  if (own === undefined || truth === undefined) return "unclear";
  if (own.verdict !== "pass") return truth < (own.detectable ?? 0) ? "below" : "unclear";
  if (claimsTooMuch(own, truth)) return "missed";
  return own.unit === "bytes" && (own.low ?? 0) > 0 ? "allowed" : "below";
}

function told(outcome: TrialOutcome, criterion: CriterionResult | undefined): Finding {
  const reason = criterion === undefined ? "not judged" : `${criterion.id}: ${criterion.reason}`;
  return { outcome, criterion, reason };
}

function truthOf({ planting, reported, run }: TrialFacts): number | undefined {
  if (!planting || run.operations.landed === 0) return undefined;
  const { lasts = 1, bytesPerLeak = 1 } = planting;
  return (reported * lasts * bytesPerLeak) / run.operations.landed;
}

function detectables({ criteria }: ScenarioResult): Partial<Record<CriterionId, number>> {
  const known = criteria.flatMap((criterion) => {
    const sees = criterion.verdict === "pass" ? detectableOf(criterion) : undefined;
    return sees === undefined ? [] : [[criterion.id, sees] as const];
  });
  return Object.fromEntries(known);
}
