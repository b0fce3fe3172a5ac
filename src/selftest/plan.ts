import type { Trial } from "../model/selftest.js";
import type { Planting } from "./plantings.js";

/** The quick size of a scenario. */
export interface Stage {
  readonly scenario: string;
  readonly operations: number;
  readonly batch: number;
}

export interface PlanOptions {
  readonly givenMs: number;
  readonly plantings: readonly Planting[];
  readonly stages: readonly Stage[];
  /** Runs that go on at the same time. */
  readonly lanes: number;
}

export interface Plan {
  /** By level, the cheap ones first, each scenario's clean twin before its plants. */
  readonly trials: readonly PlannedTrial[];
  /** Plants that do not fit into the time at all. */
  readonly untried: readonly string[];
}

export interface PlannedTrial extends Trial {
  /** 0 for the first rate of a plant. */
  readonly level: number;
  readonly expectedMs: number;
}

/** Rarer leaks need more operations. The n-th level takes the n-th rate of each plant, at so many times the quick size. */
const scales = [1, 1, 5, 25] as const;

/** Measured: start, warm-up, baseline, drain and stop of the reference gateway, and one batch with its settle. */
const fixedMs = 2900;
const batchMs = 720;

/**
 * As many plants and rates as fit: every plant at its first rate before any at its second.
 * A clean twin is as long as the longest run of its scenario, so that what it can see is what they could.
 */
export function planTrials(options: PlanOptions): Plan {
  let trials: readonly PlannedTrial[] = [];
  for (const [level, scale] of scales.entries()) {
    for (const planting of cheapFirst(options)) {
      const more = withPlanting(trials, { planting, level, scale, options });
      if (spanMs(more, options.lanes) <= options.givenMs) trials = more;
    }
  }
  const tried = new Set(trials.map(({ plant }) => plant?.name));
  const untried = options.plantings.map(({ plant }) => plant).filter((name) => !tried.has(name));
  return { trials, untried };
}

/** The least time in which one plant and its clean twin fit. */
export function leastMs({ plantings, stages, lanes }: Omit<PlanOptions, "givenMs">): number {
  const [planting] = cheapFirst({ plantings, stages });
  const stage = stages.find(({ scenario }) => scenario === planting?.scenario);
  return (stage === undefined ? 0 : expectedMs(stage, stage.operations)) * (lanes > 1 ? 1 : 2);
}

interface Addition {
  readonly planting: Planting;
  readonly level: number;
  readonly scale: number;
  readonly options: Pick<PlanOptions, "stages">;
}

function withPlanting(
  trials: readonly PlannedTrial[],
  { planting, level, scale, options }: Addition,
): readonly PlannedTrial[] {
  const { plant: name, scenario, rates } = planting;
  const rate = rates[level];
  const stage = options.stages.find((one) => one.scenario === scenario);
  // A rarer leak of a plant that did not fit at its first rate would prove less.
  const skipped = level > 0 && !trials.some(({ plant }) => plant?.name === name);
  if (rate === undefined || stage === undefined || skipped) return trials;
  const operations = stage.operations * scale;
  const twin = trials.find((one) => one.scenario === scenario && one.plant === undefined);
  const longest = Math.max(operations, twin?.operations ?? 0);
  const added: readonly PlannedTrial[] = [
    { scenario, level, plant: undefined, operations: longest, expectedMs: expectedMs(stage, longest) },
    { scenario, level, plant: { name, rate }, operations, expectedMs: expectedMs(stage, operations) },
  ];
  return inOrder([...trials.filter((trial) => trial !== twin), ...added]);
}

/** A twin goes before the first plant of its scenario, whatever it costs: without it nothing is proven. */
function inOrder(trials: readonly PlannedTrial[]): PlannedTrial[] {
  const plants = trials
    .filter(({ plant }) => plant !== undefined)
    .toSorted((a, b) => a.level - b.level || a.expectedMs - b.expectedMs);
  const scenarios = [...new Set(plants.map(({ scenario }) => scenario))];
  const twins = scenarios.flatMap((name) =>
    trials.filter(({ plant, scenario }) => plant === undefined && scenario === name),
  );
  return plants.flatMap((trial, index) => {
    const isFirst = plants.findIndex(({ scenario }) => scenario === trial.scenario) === index;
    return isFirst ? [...twins.filter(({ scenario }) => scenario === trial.scenario), trial] : [trial];
  });
}

/** How long the trials take, each started in its turn as soon as a lane is free. */
export function spanMs(trials: readonly Pick<PlannedTrial, "expectedMs">[], lanes: number): number {
  const freeAtMs = Array.from({ length: lanes }, () => 0);
  for (const trial of trials) {
    const next = freeAtMs.indexOf(Math.min(...freeAtMs));
    freeAtMs[next] = (freeAtMs[next] ?? 0) + trial.expectedMs;
  }
  return Math.max(...freeAtMs);
}

function expectedMs({ batch }: Stage, operations: number): number {
  return fixedMs + Math.ceil(operations / batch) * batchMs;
}

function cheapFirst({ plantings, stages }: Pick<PlanOptions, "plantings" | "stages">): Planting[] {
  const costs = new Map(stages.map((stage) => [stage.scenario, expectedMs(stage, stage.operations)]));
  const costOf = ({ scenario }: Planting): number => costs.get(scenario) ?? 0;
  return plantings.toSorted((a, b) => costOf(a) - costOf(b));
}
