import { plantNames } from "../../gateway/plants/index.js";
import { usageProblem } from "../../model/problem.js";
import { formatDuration, parseDuration } from "../../model/units.js";
import type { LoadedScenario } from "../../scenario/loaded.js";
import { loadScenario } from "../../scenario/load.js";
import { withSize } from "../../scenario/size.js";
import { leastMs, type Plan, planTrials, type Stage } from "../../selftest/plan.js";
import { type Planting, plantings } from "../../selftest/plantings.js";
import type { Host } from "../host.js";
import { shippedDir } from "../paths.js";
import { requirePlant } from "../plant-option.js";

/** As commander leaves them. */
export interface SelftestOptions {
  readonly for: string;
  readonly plants?: string;
  readonly out?: string;
  readonly reporter: string;
  readonly progress: boolean;
}

export interface SelftestRequest {
  readonly givenMs: number;
  readonly plan: Plan;
  readonly scenarios: ReadonlyMap<string, LoadedScenario>;
  readonly lanes: number;
  readonly out: string | undefined;
  readonly reporter: string;
  readonly progress: boolean;
}

/** Two gateways side by side hardly disturb each other: most of a quick run is waiting. */
const mostLanes = 2;

/** @throws Problem (exit 2) for anything that cannot be tried as asked. */
export async function parseSelftestRequest(
  options: SelftestOptions,
  { host, cpus }: { readonly host: Pick<Host, "cwd">; readonly cpus: number },
): Promise<SelftestRequest> {
  const chosen = options.plants === undefined ? plantings : requirePlants(options.plants);
  const scenarios = await loadAll(chosen, host.cwd());
  const stages = [...scenarios.values()].map(stageOf);
  const lanes = Math.max(1, Math.min(mostLanes, cpus));
  const givenMs = requireTime(options.for, leastMs({ plantings: chosen, stages, lanes }));
  const plan = planTrials({ givenMs, plantings: chosen, stages, lanes });
  const { reporter, progress } = options;
  return { givenMs, plan, scenarios, lanes, out: requireFolder(options.out), reporter, progress };
}

async function loadAll(chosen: readonly Planting[], cwd: string): Promise<Map<string, LoadedScenario>> {
  const names = [...new Set(chosen.map(({ scenario }) => scenario))];
  const loaded = await Promise.all(names.map((name) => loadScenario(name, { shippedDir, cwd })));
  return new Map(loaded.map((scenario) => [scenario.name, scenario]));
}

function stageOf(scenario: LoadedScenario): Stage {
  const { operations, batch } = withSize(scenario, { quick: true }).load;
  return { scenario: scenario.name, operations: operations ?? batch, batch };
}

function requirePlants(text: string): readonly Planting[] {
  const names = text.split(",").map((name) => name.trim());
  const known: readonly string[] = plantNames;
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined && wrong.includes(":")) {
    throw usageProblem({
      what: `--plants ${text} has a rate`,
      why: "the rates follow from the time that there is",
      fix: `name the plants alone: --plants ${names.map((name) => name.split(":")[0]).join(",")}`,
    });
  }
  // It says what is wrong, and which were probably meant.
  if (wrong !== undefined) requirePlant(wrong);
  return plantings.filter(({ plant }) => names.includes(plant));
}

function requireTime(text: string, least: number): number {
  const ms = parseDuration(text);
  if (ms === undefined) {
    throw usageProblem({
      what: `--for ${text} is no duration`,
      fix: "write a number with ms, s, m or h: --for 2m",
    });
  }
  if (ms >= least) return ms;
  throw usageProblem({
    what: `--for ${text} is too short to prove anything`,
    why: `one plant and its clean twin take about ${formatDuration(least)}`,
    fix: "give it more: --for 2m",
  });
}

function requireFolder(out: string | undefined): string | undefined {
  if (out !== "") return out;
  throw usageProblem({ what: "--out has no folder", fix: "name one: --out DIR" });
}
