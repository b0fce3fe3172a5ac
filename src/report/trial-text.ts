import type { Sight, Trial, TrialOutcome, TrialResult } from "../model/selftest.js";
import { formatBytes, formatNumber } from "../model/units.js";
import type { CriterionResult, ScenarioVerdict } from "../model/verdict.js";
import { rateWithInterval } from "./cells.js";

/** More than this is not told as one in so many. */
const mostAsShare = 0.5;

/** `fd:0.1 in connect-churn`, or `connect-churn, clean`. */
export function trialLabel({ scenario, plant }: Pick<Trial, "scenario" | "plant">): string {
  return plant === undefined ? `${scenario}, clean` : `${plant.name}:${plant.rate} in ${scenario}`;
}

const words: Readonly<Record<TrialOutcome, string>> = {
  clean: "clean",
  found: "found",
  below: "too rare",
  allowed: "in budget",
  missed: "MISSED",
  accused: "ACCUSED",
  unclear: "unclear",
  broke: "broke",
  interrupted: "stopped",
};

export function outcomeWord({ outcome, criterion }: Pick<TrialResult, "outcome" | "criterion">): string {
  return outcome === "found" ? `found under ${criterion?.id}` : words[outcome];
}

/** Short enough for a column: what found it, or why nothing did. */
export function underCell({ outcome, criterion }: TrialResult): string {
  return outcome === "found" && criterion ? criterion.id : words[outcome];
}

/** The verdict whose colour an outcome takes. */
export const likeVerdict: Readonly<Record<TrialOutcome, ScenarioVerdict | "dropped">> = {
  clean: "pass",
  found: "pass",
  below: "dropped",
  allowed: "dropped",
  missed: "fail",
  accused: "fail",
  unclear: "inconclusive",
  broke: "broke",
  interrupted: "inconclusive",
};

/** The rate and its interval, with the unit said once where it is shared: `227 (225 to 236) KiB`. */
export function rateTight(result: CriterionResult): string {
  const whole = rateWithInterval(result);
  const parts = /^(\S+) (\S+) \((\S+) \2 to (\S+) \2\)$/.exec(whole);
  if (parts === null) return whole;
  const [, middle, unit, least, most] = parts;
  return `${middle} (${least} to ${most}) ${unit}`;
}

/** `fds down to 1 in 53 operations`. */
export function sightText({ criterion, unit, detectable }: Sight): string {
  return `${criterion} down to ${rateText(detectable, unit)}`;
}

/** `1 in 53 operations`, `1.2 per operation`, `4.4 KiB per operation`; never smaller than the rate is. */
export function rateText(rate: number, unit: Sight["unit"]): string {
  return unit === "count" && rate <= mostAsShare
    ? `${amountText(rate, unit)} operations`
    : `${amountText(rate, unit)} per operation`;
}

function amountText(rate: number, unit: Sight["unit"]): string {
  if (unit === "bytes") return formatBytes(rate);
  return rate > mostAsShare ? formatNumber(rate) : oneIn(rate);
}

/** The tiny addition undoes the rounding of a rate such as 0.1 / 3 * 3. */
export function oneIn(rate: number): string {
  return `1 in ${Math.floor(1 / rate + 1e-9)}`;
}
