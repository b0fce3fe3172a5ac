import type { ProbeSample } from "../model/snapshot.js";

/** How long a look may take before it is given up, in milliseconds. */
export const defaultLimitMs = 5000;

export interface SampleOptions {
  /** Force a collection first, where the runtime allows. */
  readonly collect: boolean;
  /** Also say where what is held was made: dear, and only where the target was started for it. */
  readonly origins?: boolean | undefined;
  readonly signal: AbortSignal;
}

/** A look inside a runtime. */
export interface Probe {
  readonly name: string;
  /** What a look costs the target, in a few words for the report, e.g. `three readings of 0.4 ms`. */
  readonly cost: string;
  /** Each look opens a connection that the target holds for a moment: it must not be there when fds are read. */
  readonly connects: boolean;
  /**
   * Never rejects and never outlasts the probe's time limit. What could not be seen is a gap; the
   * reason of a probe that will not come back starts with `lost for good`.
   */
  sample(options: SampleOptions): Promise<ProbeSample>;
  /** Lets go of the target. Never rejects; a second call does nothing. */
  close(): Promise<void>;
}
