import { usageProblem } from "../model/problem.js";
import { fewestBatches, type Load, type Scenario } from "../model/scenario.js";
import type { LoadedScenario, QuickSize } from "./loaded.js";
import { mergeLoad, mergeSettle } from "./merge.js";

export interface Size {
  /** Apply the file's `quick:` block. */
  readonly quick?: boolean | undefined;
  /** Measure this many operations, whatever the file says. */
  readonly operations?: number | undefined;
  /** Measure for this long, whatever the file says. */
  readonly durationMs?: number | undefined;
}

/**
 * The scenario in another size. Where fewer operations than the file's leave too few batches
 * to judge by, the batches shrink.
 * @throws Problem exit 2 for a size that cannot be.
 */
export function withSize(scenario: LoadedScenario, size: Size): Scenario {
  requirePossible(size);
  const { quick, ...full } = scenario;
  const sized = size.quick === true ? withQuick(full, quick ?? quickOf(full.load)) : full;
  return { ...sized, load: withAmount(sized.load, size) };
}

function withQuick(scenario: Scenario, quick: QuickSize): Scenario {
  return {
    ...scenario,
    load: mergeLoad(scenario.load, quick.load),
    settle: mergeSettle(scenario.settle, quick.settle),
    drainMs: quick.drainMs ?? scenario.drainMs,
  };
}

/** What quick means for a file that does not say. */
function quickOf(load: Load): QuickSize {
  const operations = Math.min(load.operations ?? 200, 200);
  const batch = Math.min(load.batch, batchFor(operations));
  return { load: { operations, batch, warmup: Math.min(load.warmup, 25) }, settle: {} };
}

function batchFor(operations: number): number {
  return Math.max(1, Math.floor(operations / 8));
}

function withAmount(load: Load, { operations, durationMs }: Size): Load {
  if (durationMs !== undefined) return mergeLoad(load, { durationMs });
  if (operations === undefined) return load;
  const enough = operations / load.batch >= fewestBatches;
  return mergeLoad(load, { operations, batch: enough ? load.batch : batchFor(operations) });
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
