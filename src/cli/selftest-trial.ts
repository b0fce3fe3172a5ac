import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Progress } from "../model/progress.js";
import type { Scenario } from "../model/scenario.js";
import type { Trial, TrialResult } from "../model/selftest.js";
import type { LoadedScenario } from "../scenario/loaded.js";
import { withSize } from "../scenario/size.js";
import { outcomeOf } from "../selftest/outcome.js";
import { plantings } from "../selftest/plantings.js";
import type { Host } from "./host.js";
import { soakOne } from "./soak-one.js";

export interface TrialRun {
  readonly trial: Trial;
  readonly scenario: LoadedScenario;
  readonly outDir: string;
  readonly host: Host;
  readonly stop: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

const seed = 1;

/** Runs one trial like any other run, and holds its verdict against what the gateway says it leaked. */
export async function runTrial({
  trial,
  scenario,
  outDir,
  host,
  stop,
  ...view
}: TrialRun): Promise<TrialResult> {
  const { plant } = trial;
  const leaks = (): number => (plant === undefined ? 0 : leaksReported(outDir, plant.name));
  // What leaked in the warm-up is part of the baseline.
  let beforeBaseline: number | undefined;
  const onProgress = (progress: Progress): void => {
    if (progress.phase === "baseline") beforeBaseline ??= leaks();
    view.onProgress(progress);
  };
  const { result } = await soakOne({
    scenario: sized(scenario, trial),
    quick: true,
    plant: plant && `${plant.name}:${plant.rate}`,
    seed,
    outDir,
    host,
    stop,
    onProgress,
  });
  const planting = plantings.find((one) => one.plant === plant?.name);
  const reported = beforeBaseline === undefined ? 0 : leaks() - beforeBaseline;
  return outcomeOf({ trial, planting, reported, run: result });
}

/** As planned and no further, whatever the scenario would allow: the time is given. */
function sized(scenario: LoadedScenario, { operations }: Trial): Scenario {
  const { load, ...rest } = withSize(scenario, { quick: true, operations });
  return { ...rest, load: { ...load, maxOperations: undefined, maxDurationMs: undefined } };
}

/** The gateway prints one line for each leak that it was told to plant. */
function leaksReported(outDir: string, plant: string): number {
  const log = readFileSync(join(outDir, "target.stderr.log"), "utf8");
  return log.split("\n").filter((line) => line.startsWith(`plant ${plant}: `)).length;
}
