import type { RunView } from "../judge/run-view.js";
import type { Leftover } from "../model/leftover.js";
import type { Operation } from "../model/operation.js";
import { isZombie } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";

/** When something came, told by the operations. */
export interface Born {
  /** It came after this one had begun. */
  readonly isAfterStartOf: (operation: Operation) => boolean;
  /** This one ran, or had just run, when it came. */
  readonly isDuring: (operation: Operation) => boolean;
}

/**
 * Of things that were left after the drain, by the looks after the batches: one was not there at the last look before
 * its first that could read everything. What came in the drain can be of the last batch, and late.
 */
export function birthsOf(view: RunView): (leftover: Leftover) => Born {
  const before = lastReadableBefore(view.batches);
  const last = view.batches.at(-1)?.batch ?? 0;
  return ({ bornBatch }) => {
    const upTo = bornBatch ?? last;
    const after = bornBatch === undefined ? last - 1 : (before.get(bornBatch) ?? 0);
    return {
      isAfterStartOf: ({ tail, batch }) => tail !== true && batch <= upTo,
      isDuring: ({ tail, batch }) => tail !== true && batch > after && batch <= upTo,
    };
  };
}

/** For each batch the last one before it after which all fds could be read; 0 is the baseline. */
function lastReadableBefore(looks: readonly Snapshot[]): Map<number, number> {
  const before = new Map<number, number>();
  let readable = 0;
  for (const { batch, processes } of looks) {
    before.set(batch, readable);
    if (processes.every((entry) => isZombie(entry) || Array.isArray(entry.fds))) readable = batch;
  }
  return before;
}

/** Of what came in the tail: after one operation that ran alone. */
export function bornAfter(operation: Operation): Born {
  return { isAfterStartOf: ({ id }) => id <= operation.id, isDuring: ({ id }) => id === operation.id };
}
