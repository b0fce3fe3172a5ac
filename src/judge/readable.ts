import { processKey } from "../model/resource.js";
import type { Holdings } from "./holdings.js";
import type { RunView } from "./run-view.js";

/** Why a resource of the target could not be read, in one sentence that names a gap. */
export function unreadable(view: RunView, noun: string, path: string): string {
  if (view.baseline.length === 0) return `${noun} not read: the run ended before its baseline`;
  const last = view.drain.at(-1) ?? view.batches.at(-1) ?? view.baseline.at(-1);
  const isThere = last?.processes.some((entry) => view.oldHands.has(processKey(entry)));
  if (!isThere) return `${noun} not read: no process of the baseline was there any more at the end`;
  const gaps = view.record.snapshots.flatMap(({ gaps }) => gaps);
  const gap = gaps.find(({ what }) => what.includes(path)) ?? gaps[0];
  return gap
    ? `${noun} not read: ${gap.what}: ${gap.why}`
    : `${noun} not read: the record holds none of them`;
}

/** For each survivor the operations that had ended when it was first there. */
export function birthOperations<T>({ points, survivors }: Holdings<T>): (number | undefined)[] {
  const operations = new Map(points.map((point) => [point.batch, point.operations]));
  return survivors.map(({ bornBatch }) => (bornBatch === undefined ? undefined : operations.get(bornBatch)));
}
