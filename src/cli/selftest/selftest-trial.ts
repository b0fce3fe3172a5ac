import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withoutDemands } from "../../model/demands.js";
import type { Progress } from "../../model/progress.js";
import type { Scenario } from "../../model/scenario.js";
import type { Trial, TrialResult } from "../../model/selftest.js";
import type { LoadedScenario } from "../../scenario/loaded.js";
import { withSize } from "../../scenario/size.js";
import { outcomeOf } from "../../selftest/outcome.js";
import { plantings } from "../../selftest/plantings.js";
import type { Host } from "../host.js";
import { soakOne } from "../soak-one.js";

export interface TrialRun {
  readonly trial: Trial;
  /** In the size of the trial. */
  readonly scenario: Scenario;
  readonly quick: boolean;
  readonly outDir: string;
  readonly host: Host;
  readonly stop: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

const seed = 1;

/** Runs one trial like any other run, and holds its verdict against what the gateway says it leaked. */
export async function runTrial({ trial, onProgress: show, ...run }: TrialRun): Promise<TrialResult> {
  const { plant } = trial;
  const { outDir } = run;
  const leaks = (): number => (plant === undefined ? 0 : leaksReported(outDir, plant.name));
  // What leaked in the warm-up is part of the baseline.
  let beforeBaseline: number | undefined;
  // What the tail leaks counts for no rate.
  let beforeTail: number | undefined;
  const onProgress = (progress: Progress): void => {
    if (progress.phase === "baseline") beforeBaseline ??= leaks();
    if (progress.phase === "tail") beforeTail ??= leaks();
    show(progress);
  };
  const planted = plant && `${plant.name}:${plant.rate}`;
  const { result } = await soakOne({ ...run, plant: planted, seed, onProgress });
  const planting = plantings.find((one) => one.plant === plant?.name);
  const reported = beforeBaseline === undefined ? 0 : (beforeTail ?? leaks()) - beforeBaseline;
  return outcomeOf({ trial, planting, reported, run: result });
}

/** As planned and no further, whatever the scenario would go on for: the time is given, and the power is told. */
export function sizedFor(scenario: LoadedScenario, { operations }: Pick<Trial, "operations">): Scenario {
  const { load, criteria, ...rest } = withSize(scenario, { quick: true, operations });
  return {
    ...rest,
    load: { ...load, maxOperations: undefined, maxDurationMs: undefined },
    criteria: withoutDemands(criteria),
  };
}

/** The gateway prints one line for each leak that it was told to plant. */
function leaksReported(outDir: string, plant: string): number {
  const log = readFileSync(join(outDir, "target.stderr.log"), "utf8");
  return log.split("\n").filter((line) => line.startsWith(`plant ${plant}: `)).length;
}
