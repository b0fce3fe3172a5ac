import type { HistoryCriterion } from "../model/history.js";
import type { Rate } from "../model/verdict.js";
import { joinedRate } from "./joined-rate.js";

/** What the repeats of one night say of one criterion. */
export interface Sign {
  readonly fails: number;
  readonly passes: number;
  /** Growth per operation; undefined = not measured. */
  readonly rate: Rate | undefined;
}

/**
 * A verdict that is neither pass nor fail is no sign of either.
 * @param told what the repeats say of one criterion
 */
export function signOf(told: readonly HistoryCriterion[]): Sign {
  let fails = 0;
  let passes = 0;
  for (const { verdict } of told) {
    if (verdict === "fail") fails++;
    if (verdict === "pass") passes++;
  }
  return { fails, passes, rate: joinedRate(told.flatMap(({ rate }) => (rate ? [rate] : []))) };
}

/** Whether any run of the night could tell. */
export function tells({ fails, passes }: Sign): boolean {
  return fails + passes > 0;
}
