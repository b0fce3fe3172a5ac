import type { Leftover } from "./leftover.js";
import type { OriginKind, StackFrame } from "./origin.js";
import type { CriterionId, Rate } from "./verdict.js";

/** What one criterion found, before it is known who left it: the judge's word. */
export interface Leak {
  readonly criterion: CriterionId;
  /** What is left, e.g. `file descriptor /dev/ptmx`. */
  readonly resource: string;
  /** What leaked, how fast, until when: for a reader who has five seconds. */
  readonly summary: string;
  /** Lines that prove it: survivors with identity, counts over the batches, log lines. */
  readonly evidence: readonly string[];
  /** What to do next. */
  readonly next: string;
  /** What of it is still there, by identity; empty for tasks and memory, which are only counted. */
  readonly left: readonly Leftover[];
}

/** One cause: what it left of each resource, which flow and operation left it, and where it was made. */
export interface Finding {
  /** The one whose resource runs out first. */
  readonly criterion: CriterionId;
  /** All criteria that fail for this cause. */
  readonly criteria: readonly CriterionId[];
  readonly resource: string;
  readonly resources: readonly FoundResource[];
  readonly summary: string;
  readonly evidence: readonly string[];
  readonly next: string;
  /** Undefined where nothing that was left can be told apart, e.g. a stop that took too long. */
  readonly by: LeftBy | undefined;
  /** The flows that leave it, those that leak most first; empty = not known. */
  readonly flows: readonly FlowRate[];
  /** Where it was made; undefined without a second pass, or where that did not see it. */
  readonly origin: Origin | undefined;
}

/** One resource of a cause. */
export interface FoundResource {
  readonly criterion: CriterionId;
  /** E.g. `file descriptor /dev/ptmx`. */
  readonly resource: string;
  /** Units left by the end of the run, bytes for memory; undefined = not counted. */
  readonly count: number | undefined;
  readonly hoursToExhaustion: number | undefined;
}

/**
 * How sure it is who left something: `certain` by a mark of its own (a port, a session id, or a tie to what bears
 * one), `likely` when only one operation can have been at it.
 */
export type Sureness = "certain" | "likely";

/** How what was left is shared among the operations. Of one cause. */
export interface LeftBy {
  /** Things with an identity, by how sure it is who left them. */
  readonly certain: number;
  readonly likely: number;
  readonly unattributed: number;
  /** A few operations, those with the most things and the surest first. */
  readonly examples: readonly LeavingOperation[];
  /** What would make more of it known: `run the agents with {session} in their arguments`; undefined = all is known. */
  readonly wouldHelp: string | undefined;
}

/** An operation, and what it left. */
export interface LeavingOperation {
  readonly operation: number;
  readonly flow: string;
  readonly batch: number;
  /** The kind of its last step, e.g. `drop`, or the one that it failed at. */
  readonly step: string | undefined;
  readonly sureness: Sureness;
  /** Why it is this one, e.g. `its session id is in the environment of pid 991`. */
  readonly because: string;
  /** E.g. `pts/17`, `fd 43 → /dev/ptmx of pid 12`, `pid 991 goose run`. */
  readonly left: readonly string[];
}

/** What the sessions of one flow leave of one resource. */
export interface FlowRate extends Rate {
  readonly flow: string;
  readonly criterion: CriterionId;
  /** Operations of it that ended. */
  readonly operations: number;
  /** `leaks`: more than none, surely. `clean`: none, or too few to matter. `unclear`: the mix cannot tell. */
  readonly verdict: "leaks" | "clean" | "unclear";
}

/** Where something was made. */
export interface Origin {
  readonly kind: OriginKind;
  /** The innermost frame of the target's own code, e.g. `src/gateway/plants/pty.ts:23`. */
  readonly at: string;
  /** The target's own code, innermost first. */
  readonly stack: readonly StackFrame[];
  /** How it is known: `node`, `go`, `strace`, `heap`. */
  readonly by: string;
  /** How many of those left in the second pass were made there, and of how many. */
  readonly seen: number;
  readonly of: number;
  /** For memory: how it is reached. */
  readonly retainedBy?: string | undefined;
}
