import type { Phase } from "./snapshot.js";

/** What a live view needs to say where a run is. */
export interface Progress extends Held {
  readonly scenario: string;
  readonly phase: Phase;
  readonly batch: number;
  /** Undefined when a duration rules. */
  readonly batches: number | undefined;
  /** Operations ended since the baseline. */
  readonly operations: number;
  readonly totalOperations: number | undefined;
  readonly failed: number;
  readonly perSecond: number | undefined;
  readonly etaMs: number | undefined;
  /** What the judge waits for, in a few words. */
  readonly waitsFor?: string | undefined;
  /** Everything held at a look that was just taken, and where in the run that was; absent = none came since the last. */
  readonly look?: { readonly phase: Phase; readonly held: Held } | undefined;
  /** How long the load has been held back until now; absent = it is not. */
  readonly pausedMs?: number | undefined;
}

/** How much of each resource the target holds; undefined = not seen. */
export interface Held {
  readonly tasks: number | undefined;
  readonly fds: number | undefined;
  /** Those that run. */
  readonly processes: number | undefined;
  readonly ptys: number | undefined;
  readonly rssBytes: number | undefined;
  readonly zombies?: number | undefined;
  /** Of all processes; what stands for tasks where nothing looks inside. */
  readonly threads?: number | undefined;
  /** What a runtime still uses after a collection. */
  readonly liveBytes?: number | undefined;
}
