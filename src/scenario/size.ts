import { usageProblem } from "../model/problem.js";
import { fewestBatches, type Load, type Scenario } from "../model/scenario.js";
import type { LoadedScenario, QuickSize } from "./loaded.js";
import { isFixed, mergeLoad, mergeSettle, withLimits } from "./merge.js";
import { withDetect } from "./normalise-criteria.js";
import { loadForPower } from "./size-by-power.js";

export interface Size {
  /** Apply the file's `quick:` block. */
  readonly quick?: boolean | undefined;
  /** Measure this many operations, whatever the file says. */
  readonly operations?: number | undefined;
  /** Measure for this long, whatever the file says. */
  readonly durationMs?: number | undefined;
  /**
   * The operations that show a leak of this rate, at the power that the judge works with; this room has no
   * statistics. Without it, a file that names no size is run with 1000 operations.
   */
  readonly operationsFor?: ((rate: number) => number) | undefined;
}

/** Of an engine that is not told anything. */
const quickSlots = 12;

/** Batches of a run that is sized by the power asked for. */
const goodBatches = 12;

/**
 * The scenario in another size. Where fewer operations than the file's leave too few batches
 * to judge by, the batches shrink. A file that asks for power and names no size gets the one that reaches it.
 * How far the run may go on by itself is filled in: three times the operations, or twice the duration.
 * @throws Problem exit 2 for a size that cannot be.
 */
export function withSize(scenario: LoadedScenario, size: Size): Scenario {
  requirePossible(size);
  if (scenario.load.engine?.kind === "external" && size.operations !== undefined)
    throw notTold(size.operations);
  const { quick: _, sizing, ...file } = scenario;
  const full = withPower(file, { ...size, ...sizing, isOpen: sizing !== undefined, batches: goodBatches });
  const sized = size.quick === true ? inQuick(full, scenario, size) : full;
  return { ...sized, load: withLimits(withAmount(sized.load, size)) };
}

function inQuick(full: Scenario, { quick, sizing }: LoadedScenario, size: Size): Scenario {
  const block = quick ?? quickOf(full.load);
  const { operations, durationMs, batch = sizing?.batch } = block.load;
  const isOpen = sizing !== undefined && operations === undefined && durationMs === undefined;
  return withPower(withQuick(full, block), { ...size, batch, isOpen, batches: fewestBatches });
}

interface Power extends Size {
  readonly batch?: number | undefined;
  readonly batches: number;
  /** Nothing but the power asked for says how much. */
  readonly isOpen: boolean;
}

function withPower(scenario: Scenario, { isOpen, batch, batches, operationsFor }: Power): Scenario {
  if (!isOpen || !operationsFor) return scenario;
  return { ...scenario, load: loadForPower(scenario, { batch, batches, operationsFor }) };
}

function withQuick(scenario: Scenario, quick: QuickSize): Scenario {
  return {
    ...scenario,
    load: mergeLoad(scenario.load, quick.load),
    settle: mergeSettle(scenario.settle, quick.settle),
    drainMs: quick.drainMs ?? scenario.drainMs,
    criteria: withDetect(scenario.criteria, quick.detectPerOperation),
  };
}

/** What quick means for a file that does not say. */
function quickOf(load: Load): QuickSize {
  if (load.engine?.kind === "external")
    return {
      load: { durationMs: Math.min(load.durationMs ?? 0, quickSlots * load.engine.slotMs) },
      settle: {},
    };
  const operations = Math.min(load.operations ?? 200, 200);
  const batch = Math.min(load.batch, batchFor(operations));
  return { load: { operations, batch, warmup: Math.min(load.warmup, 25) }, settle: {} };
}

function batchFor(operations: number): number {
  return Math.max(1, Math.floor(operations / 8));
}

function withAmount(load: Load, { operations, durationMs }: Size): Load {
  if (durationMs !== undefined)
    return mergeLoad(load, { durationMs, maxDurationMs: larger(load, load.maxDurationMs, durationMs) });
  if (operations === undefined) return load;
  const enough = operations / load.batch >= fewestBatches;
  const batch = enough ? load.batch : batchFor(operations);
  return mergeLoad(load, { operations, batch, maxOperations: larger(load, load.maxOperations, operations) });
}

/** What the file allows counts for another size too, if that leaves it anything to allow. */
function larger(load: Load, most: number | undefined, planned: number): number | undefined {
  return most !== undefined && most > planned && !isFixed(load) ? most : undefined;
}

function requirePossible({ operations, durationMs }: Size): void {
  if (operations !== undefined && durationMs !== undefined) {
    throw usageProblem({
      what: "both a number of operations and a duration are given",
      why: "one of them has to end the run",
      fix: "give one of them",
    });
  }
  if (operations !== undefined && !(Number.isInteger(operations) && operations >= fewestBatches)) {
    throw usageProblem({
      what: `${operations} operations cannot be measured`,
      why: `a trend needs at least ${fewestBatches} batches of at least one operation`,
      fix: `give a whole number of ${fewestBatches} or more`,
    });
  }
  if (durationMs !== undefined && !(durationMs > 0)) {
    throw usageProblem({ what: "a run of no duration measures nothing", fix: "give a duration such as 10m" });
  }
}

function notTold(operations: number): Error {
  return usageProblem({
    what: `${operations} operations cannot be asked of an external engine`,
    why: "it runs elsewhere and is not told anything",
    fix: "give a duration such as 10m",
  });
}
