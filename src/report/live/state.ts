import type { Progress } from "../../model/progress.js";

/** All that a live view shows. */
export interface LiveState {
  readonly progress: Progress;
  /** Which scenario of how many; absent = there is only one. */
  readonly place?: { readonly number: number; readonly of: number } | undefined;
  /** Since the scenario began. */
  readonly elapsedMs: number;
  /** What it was estimated to take, for as long as nothing better is known. */
  readonly expectedMs?: number | undefined;
  /** What comes after this scenario, by estimate. */
  readonly thenMs?: number | undefined;
  readonly rows: readonly Row[];
  readonly kind: Kind;
  /** Nothing more is driven; what there is is about to be judged. */
  readonly stopping: boolean;
  /** A pause was asked for. */
  readonly pausing: boolean;
  readonly isPausable: boolean;
  /** Keys are read. */
  readonly keys: boolean;
  readonly help: boolean;
}

/** A run, the second pass after one, or a watch of a server that somebody else loads. */
export type Kind = "run" | "why" | "watch";

export type Resource =
  | "fds"
  | "tasks"
  | "threads"
  | "memory"
  | "live memory"
  | "processes"
  | "ptys"
  | "zombies";

/** One resource. */
export interface Row {
  readonly what: Resource;
  readonly unit: "count" | "bytes";
  readonly now: number;
  /** Undefined until it has been looked at. */
  readonly baseline: number | undefined;
  /** At the points of quiet since the baseline, oldest first; before it, once a second. */
  readonly points: readonly number[];
  /** Its floor has risen throughout. */
  readonly grows: boolean;
}

/** The room that a live view has. */
export interface Room {
  readonly columns: number;
  readonly rows: number;
  readonly colour: boolean;
}
