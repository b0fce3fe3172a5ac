import type { SelftestResult, TrialOutcome } from "../model/selftest.js";
import { type ExitCode, exitCodes } from "../model/problem.js";

/** The gravest first. */
const order: readonly (readonly [readonly TrialOutcome[], ExitCode])[] = [
  [["missed", "accused"], exitCodes.fail],
  [["broke"], exitCodes.broke],
  [["unclear", "interrupted"], exitCodes.inconclusive],
];

/** What the self-test comes to. A plant that was never found is not proven, however honest the runs were about it. */
export function exitCodeOf({ trials, untried }: Pick<SelftestResult, "trials" | "untried">): ExitCode {
  const gravest = order.find(([outcomes]) => trials.some(({ outcome }) => outcomes.includes(outcome)));
  if (gravest) return gravest[1];
  const isProven = untried.length === 0 && neverFound(trials).length === 0 && haveTwins(trials);
  return trials.length > 0 && isProven ? exitCodes.pass : exitCodes.inconclusive;
}

/** Who finds leaks everywhere finds the planted ones, too. */
function haveTwins(trials: SelftestResult["trials"]): boolean {
  const clean = new Set(trials.flatMap(({ outcome, scenario }) => (outcome === "clean" ? [scenario] : [])));
  return trials.every(({ scenario }) => clean.has(scenario));
}

/** Names of the plants that were tried to the end, and found at none of their rates. */
export function neverFound(trials: SelftestResult["trials"]): string[] {
  const found = new Set(trials.flatMap(({ outcome, plant }) => (outcome === "found" ? [plant?.name] : [])));
  const ended = trials.filter(({ outcome }) => outcome !== "interrupted");
  return [...new Set(ended.flatMap(({ plant }) => plant?.name ?? []))].filter((name) => !found.has(name));
}
