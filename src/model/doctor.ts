import type { CriterionId } from "./verdict.js";

/** What this machine is asked about. Undefined = it could not be read. */
export interface MachineFacts {
  readonly platform: string;
  readonly kernel: string | undefined;
  readonly node: string;
  /** The name of the CI system, or `CI`; undefined = none. */
  readonly ci: string | undefined;
  readonly container: boolean;
  /** Of whoever runs the tool; undefined where the system has none. */
  readonly uid: number | undefined;
  readonly proc: {
    readonly usable: boolean;
    /** Processes of others are not shown (`hidepid`). */
    readonly hidden: boolean;
    /** The own /proc/self/fd can be listed. */
    readonly fds: boolean;
    /** /proc/self/smaps_rollup can be read. */
    readonly memory: boolean;
    /** The size of /proc/self/fd is the number of descriptors (Linux 6.2). */
    readonly countsFds: boolean;
    readonly othersFds: boolean;
  };
  readonly cgroup: "own" | "read-only" | "none";
  readonly ptraceScope: number | undefined;
  /** Undefined = stacks can be had by it. */
  readonly straceProblem: { readonly why: string; readonly fix: string } | undefined;
  readonly inspector: boolean;
  readonly loopback: boolean;
  readonly openFiles: { readonly soft: number; readonly hard: number } | undefined;
  readonly pids: { readonly max: number; readonly used: number } | undefined;
  readonly ptys: { readonly max: number; readonly used: number } | undefined;
  readonly memory: { readonly totalBytes: number; readonly availableBytes: number } | undefined;
  readonly cores: number;
  /** Load average of the last minute. */
  readonly load: number;
  readonly reports: {
    readonly folder: string;
    readonly writable: boolean;
    readonly freeBytes: number | undefined;
  };
}

/** One thing that was looked at. */
export interface Check {
  readonly id: string;
  /** `note` is worth knowing, and costs nothing. */
  readonly state: "ok" | "gap" | "note";
  readonly found: string;
  /** What the gap costs in verdicts. */
  readonly costs?: string;
  readonly mend?: string;
  /** Criteria that cannot be judged here for it. */
  readonly blocks?: readonly CriterionId[];
}

/** What one look at a tree takes here: the median of many. */
export interface LookCost {
  readonly processes: number;
  /** Descriptors of all of them. */
  readonly fds: number;
  readonly medianMs: number;
  readonly looks: number;
}

export interface Diagnosis {
  readonly facts: MachineFacts;
  readonly checks: readonly Check[];
  /** Empty = not measured. */
  readonly costs: readonly LookCost[];
}
