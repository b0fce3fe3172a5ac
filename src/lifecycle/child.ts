import type { Readable } from "node:stream";

/** What every child is started with: a file that was found, and everything filled in. */
export interface ChildCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A started process that leads its own session, on pipes or in a PTY. */
export interface Child {
  readonly pid: number;
  readonly output: Readable;
  /** None in a PTY, which has one output for both. */
  readonly errors: Readable | undefined;
  /** Resolves when the process has exited and is reaped. */
  readonly exited: Promise<ProcessExit>;
  /** False when the reader is behind, or gone. */
  write(data: string | Uint8Array): boolean;
  endInput(): void;
  /** Reads what an exited process left, then closes every file descriptor to it. */
  drain(): Promise<void>;
  /** Closes every file descriptor to it, now. */
  close(): void;
}
