import type { Load, Settle } from "../model/scenario.js";
import type { Changes } from "./loaded.js";

/** Operations and duration exclude each other: the one that is given puts the other out. */
export function mergeLoad(load: Load, changes: Changes<Load>): Load {
  return { ...mergeRest(load, changes), ...mergeEnd(load, changes) };
}

function mergeEnd(
  load: Load,
  { operations, durationMs }: Changes<Load>,
): Pick<Load, "operations" | "durationMs"> {
  if (durationMs !== undefined) return { operations: undefined, durationMs };
  if (operations !== undefined) return { operations, durationMs: undefined };
  return { operations: load.operations, durationMs: load.durationMs };
}

function mergeRest(load: Load, changes: Changes<Load>): Omit<Load, "operations" | "durationMs"> {
  return {
    batch: changes.batch ?? load.batch,
    // Fewer operations than sessions at a time: all of them at a time.
    concurrency: changes.concurrency ?? Math.min(load.concurrency, changes.operations ?? load.concurrency),
    rampMs: changes.rampMs ?? load.rampMs,
    warmup: changes.warmup ?? load.warmup,
    maxFailed: changes.maxFailed ?? load.maxFailed,
  };
}

export function mergeSettle(settle: Settle, changes: Changes<Settle>): Settle {
  return { quietMs: changes.quietMs ?? settle.quietMs, withinMs: changes.withinMs ?? settle.withinMs };
}
