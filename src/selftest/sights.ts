import type { Sight, TrialResult } from "../model/selftest.js";
import { type CriterionId, criterionIds } from "../model/verdict.js";
import { plantings } from "./plantings.js";

/** For each criterion under which a plant of its own was caught: how small a leak can be seen. */
export function sightsOf(trials: readonly TrialResult[]): Sight[] {
  return criterionIds.flatMap((id) => sightOf(id, trials) ?? []);
}

function sightOf(id: CriterionId, trials: readonly TrialResult[]): Sight | undefined {
  const caught = trials.filter((trial) => isCaughtUnder(id, trial));
  const truths = caught.flatMap(({ truth }) => truth ?? []);
  const scenarios = new Set(caught.map(({ scenario }) => scenario));
  const clean = trials.filter(({ outcome, scenario }) => outcome === "clean" && scenarios.has(scenario));
  const seen = clean.flatMap(({ detectable }) => detectable[id] ?? []);
  if (truths.length === 0 || seen.length === 0) return undefined;
  return {
    criterion: id,
    unit: id === "memory" ? "bytes" : "count",
    detectable: Math.min(...seen),
    caught: Math.min(...truths),
  };
}

/** Under another criterion the leak may count in other units. */
function isCaughtUnder(id: CriterionId, { outcome, criterion, plant }: TrialResult): boolean {
  if (outcome !== "found" || criterion?.id !== id) return false;
  return plantings.some((planting) => planting.plant === plant?.name && planting.criterion === id);
}
