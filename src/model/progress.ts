import type { Phase } from "./snapshot.js";

/** What a live view needs to say where a run is. */
export interface Progress {
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
  readonly tasks: number | undefined;
  readonly fds: number | undefined;
  readonly processes: number | undefined;
  readonly ptys: number | undefined;
  readonly rssBytes: number | undefined;
  readonly etaMs: number | undefined;
  /** What the judge waits for, in a few words. */
  readonly waitsFor?: string | undefined;
}
