import { checkLimits } from "./check-limits.js";
import type { FileLoad } from "./file.js";
import type { Mistake, Path } from "./mistake.js";
import { fewestBatches } from "../model/scenario.js";

/**
 * A load that no run could follow, or that leaves nothing to judge by.
 * @param asks whether some criterion asks for power, which then says how many operations there are
 */
export function checkLoad(load: FileLoad, asks: boolean, path: Path): readonly Mistake[] {
  if (load.duration !== undefined && load.operations !== undefined) {
    return [
      {
        path: [...path, "duration"],
        atKey: true,
        text: "both `operations` and `duration` are given; one of them has to end the run",
        fix: "keep one of them",
      },
    ];
  }
  const planned = load.duration === undefined ? (load.operations ?? (asks ? undefined : 1000)) : undefined;
  const mistakes = checkLimits(load, planned, path);
  if (load.duration !== undefined || mistakes.length > 0) return mistakes;
  const operations = planned ?? load.maxOperations;
  if (operations === undefined) return [];
  return [...tooFewBatches(load, operations, path), ...tooManySessions(load, operations, path)];
}

function tooFewBatches(load: FileLoad, operations: number, path: Path): readonly Mistake[] {
  const batch = load.batch ?? Math.max(1, Math.floor(operations / 10));
  const batches = Math.floor(operations / batch);
  if (batches >= fewestBatches) return [];
  const most = Math.floor(operations / fewestBatches);
  return [
    {
      path: [...path, load.batch === undefined ? "operations" : "batch"],
      text: `${operations} operations in batches of ${batch} make ${batches} batches; a trend needs at least ${fewestBatches}`,
      fix:
        most > 0
          ? `write \`batch: ${most}\` or less, or \`operations: ${batch * fewestBatches}\` or more`
          : `write \`operations: ${fewestBatches}\` or more`,
    },
  ];
}

function tooManySessions({ concurrency }: FileLoad, operations: number, path: Path): readonly Mistake[] {
  if (concurrency === undefined || concurrency <= operations) return [];
  return [
    {
      path: [...path, "concurrency"],
      text: `${concurrency} sessions at a time are more than the ${operations} operations`,
      fix: `write \`concurrency: ${operations}\` or less`,
    },
  ];
}
