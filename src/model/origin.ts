/** One frame of a stack, innermost first. */
export interface StackFrame {
  /** The function, as the runtime prints it; undefined = anonymous. */
  readonly name?: string | undefined;
  /** A source file with source maps honoured, or a binary where nothing better is known. */
  readonly file: string;
  /** Counted from 1; undefined where the means of tracing knows no lines. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** What an origin is of: the ids of fds are their numbers, of processes their pids, of tasks none. */
export type OriginKind = "fd" | "process" | "task" | "memory";

/** Things of one kind that are held at an instant and were made at the same place. */
export interface OriginGroup {
  readonly kind: OriginKind;
  /** For a task its type, as in `tasksByType`; for memory the constructor. */
  readonly type?: string | undefined;
  /** Whose fds or children they are, where it is another process than the one that the sample is of. */
  readonly pid?: number | undefined;
  readonly count: number;
  /** For memory. */
  readonly bytes?: number | undefined;
  /** For fds and processes, as many as were noted. */
  readonly ids?: readonly number[] | undefined;
  /** Innermost first, not trimmed. Of a goroutine the `go` statement comes first, then where it is now. */
  readonly stack: readonly StackFrame[];
  /**
   * For memory: how it is reached, e.g. `histories of grow (plants/memory.ts:16) → Array → Buffer`. For goroutines: what
   * they wait for, e.g. `chan receive in main.(*hub).work at main.go:39`.
   */
  readonly retainedBy?: string | undefined;
  /** For goroutines: minutes since they were blocked, the longest. */
  readonly blockedMinutes?: number | undefined;
}
