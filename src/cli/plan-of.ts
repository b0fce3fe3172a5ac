import { plannedPower } from "../judge/planned-power.js";
import type { ScenarioPlan } from "../model/plan.js";
import type { Scenario } from "../model/scenario.js";
import type { Planned } from "../report/plan-text.js";
import { shortfallOf } from "../report/plan-shortfall.js";
import { estimateSize, loadMsFor } from "../scenario/estimate.js";
import type { RunRequest } from "./run-request.js";

/** What is planned for a scenario of a request, and what of the power asked for is out of its reach. */
export function planOf(
  scenario: Scenario,
  { quick, duration }: Pick<RunRequest, "quick" | "duration">,
): Planned {
  const { name, path, load } = scenario;
  const { warmup, batch, concurrency, durationMs } = load;
  const size = estimateSize(scenario);
  const criteria = plannedPower(scenario, size);
  const plan: ScenarioPlan = { name, path, warmup, batch, concurrency, durationMs, ...size, criteria };
  const shortfall = shortfallOf(plan, {
    quick,
    hasDuration: duration !== undefined,
    loadMsFor: (operations) => loadMsFor(scenario, operations),
  });
  return { plan, shortfall };
}
