import type { Load, Settle } from "../model/scenario.js";
import { optional } from "./units.js";
import type { Changes } from "./loaded.js";

type End = Pick<Load, "operations" | "durationMs" | "maxOperations" | "maxDurationMs">;

/** Operations and duration exclude each other: the one that is given puts the other out. */
export function mergeLoad(load: Load, changes: Changes<Load>): Load {
  return { ...mergeRest(load, changes), ...mergeEnd(load, changes) };
}

/** How far another size may go on is not what the old one said, but that it may not go on still holds. */
function mergeEnd(load: Load, changes: Changes<Load>): End {
  const { operations, durationMs, maxOperations, maxDurationMs } = changes;
  const off = isFixed(load);
  if (durationMs !== undefined)
    return durationEnd(durationMs, maxDurationMs ?? (off ? durationMs : undefined));
  if (operations !== undefined)
    return operationsEnd(operations, maxOperations ?? (off ? operations : undefined));
  return load.durationMs === undefined
    ? operationsEnd(load.operations, maxOperations ?? load.maxOperations)
    : durationEnd(load.durationMs, maxDurationMs ?? load.maxDurationMs);
}

function operationsEnd(operations: number | undefined, maxOperations: number | undefined): End {
  return { operations, durationMs: undefined, ...(maxOperations !== undefined && { maxOperations }) };
}

function durationEnd(durationMs: number, maxDurationMs: number | undefined): End {
  return { operations: undefined, durationMs, ...(maxDurationMs !== undefined && { maxDurationMs }) };
}

/** The file says that the run goes no further than planned. */
export function isFixed({ operations, durationMs, maxOperations, maxDurationMs }: Load): boolean {
  return durationMs === undefined
    ? maxOperations !== undefined && maxOperations === operations
    : maxDurationMs === durationMs;
}

const moreOperations = 3;
const moreTime = 2;

/** How far the run may go on by itself, where nobody has said. */
export function withLimits(load: Load): Load {
  const { operations, durationMs, maxOperations, maxDurationMs } = load;
  if (durationMs !== undefined) return { ...load, maxDurationMs: maxDurationMs ?? moreTime * durationMs };
  return {
    ...load,
    maxOperations: maxOperations ?? optional(operations, (planned) => moreOperations * planned),
  };
}

function mergeRest(load: Load, changes: Changes<Load>): Omit<Load, keyof End> {
  return {
    batch: changes.batch ?? load.batch,
    // Fewer operations than sessions at a time: all of them at a time.
    concurrency: changes.concurrency ?? Math.min(load.concurrency, changes.operations ?? load.concurrency),
    rampMs: changes.rampMs ?? load.rampMs,
    warmup: changes.warmup ?? load.warmup,
    maxFailed: changes.maxFailed ?? load.maxFailed,
    ...(load.engine && { engine: load.engine }),
  };
}

export function mergeSettle(settle: Settle, changes: Changes<Settle>): Settle {
  return { quietMs: changes.quietMs ?? settle.quietMs, withinMs: changes.withinMs ?? settle.withinMs };
}
