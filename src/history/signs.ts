import type { HistoryCriterion, HistoryEntry } from "../model/history.js";
import type { CriterionId, Rate } from "../model/verdict.js";
import { joinedRate } from "./joined-rate.js";

/** What the repeats of one night say of one criterion. */
export interface Sign {
  readonly fails: number;
  readonly passes: number;
  /** Growth per operation; undefined = not measured. */
  readonly rate: Rate | undefined;
}

/** A verdict that is neither pass nor fail is no sign of either. */
export function signOf(runs: readonly HistoryEntry[], id: CriterionId): Sign {
  const told = runs.flatMap(({ criteria }) => criteria.filter((each) => each.id === id));
  const count = (verdict: HistoryCriterion["verdict"]): number =>
    told.filter((each) => each.verdict === verdict).length;
  return {
    fails: count("fail"),
    passes: count("pass"),
    rate: joinedRate(told.flatMap(({ rate }) => (rate ? [rate] : []))),
  };
}

/** Whether any run of the night could tell. */
export function tells({ fails, passes }: Sign): boolean {
  return fails + passes > 0;
}
