import type { FileLoad } from "./file.js";
import type { Mistake, Path } from "./mistake.js";
import { fewestBatches } from "../model/scenario.js";

/** A load that no run could follow, or that leaves nothing to judge by. */
export function checkLoad(load: FileLoad, path: Path): readonly Mistake[] {
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
  if (load.duration !== undefined) return [];
  const operations = load.operations ?? 1000;
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
