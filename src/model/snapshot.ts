import type { OriginGroup } from "./origin.js";
import type { Gap } from "./reading.js";
import type { ProcessEntry } from "./resource.js";

/** Where in a run something happened, in the order of the road. */
export type Phase =
  | "start"
  | "warm-up"
  | "baseline"
  | "batch"
  | "settle"
  | "draining"
  | "drain"
  | "tail"
  | "stop"
  | "survivors";

/** What a look inside a runtime gave. Absent = the probe cannot see it. */
export interface ProbeSample {
  /** `node`, `prometheus`, … */
  readonly probe: string;
  readonly pid?: number | undefined;
  /** Goroutines or their equivalent; lowest of the looks taken. */
  readonly tasks?: number | undefined;
  readonly tasksByType?: Readonly<Record<string, number>> | undefined;
  /** Live memory of the runtime (heap in use + external) in bytes. */
  readonly liveBytes?: number | undefined;
  /** True when liveBytes was read right after a forced collection. */
  readonly collected?: boolean | undefined;
  readonly fds?: number | undefined;
  /** Numbers by name that stand for no resource of the six: shown, not judged. */
  readonly values?: Readonly<Record<string, number>> | undefined;
  /** Where what is held was made; only where it was asked for. */
  readonly origins?: readonly OriginGroup[] | undefined;
  readonly gaps: readonly Gap[];
}

/** Everything held at an instant of quiet. */
export interface Snapshot {
  readonly phase: Phase;
  /** 0 for the baseline, then the number of the batch that ended before it. */
  readonly batch: number;
  /** Operations that had ended since the baseline. */
  readonly operations: number;
  readonly atMs: number;
  /** False when the target was still moving when the settle time was over. */
  readonly quiet: boolean;
  /** In the tail: the operation that had ended alone before it; 0 = none of the tail yet. */
  readonly after?: number | undefined;
  /** The tree, with all that is held. */
  readonly processes: readonly ProcessEntry[];
  /** What looks inside told. */
  readonly probes: readonly ProbeSample[];
  readonly gaps: readonly Gap[];
}
