import { setTimeout as sleep } from "node:timers/promises";
import type { Readable } from "node:stream";
import type { Child, ProcessExit } from "./child.js";
import type { Cleanup, CleanupStack } from "./cleanup-stack.js";
import type { ProcessGroup } from "./process-group.js";

/** What a manager puts together for each process. */
export interface ManagedParts {
  readonly command: string;
  readonly child: Child;
  readonly group: ProcessGroup;
  readonly cleanups: CleanupStack;
  /** How long after SIGKILL a process may take to be gone. */
  readonly confirmMs: number;
}

/** A process, its whole session, and what has to be given back after it. */
export class ManagedProcess {
  readonly pid: number;
  readonly startTicks: number;
  readonly command: string;
  /** Stdout, or both outputs of a PTY. Ends soon after the exit even if a grandchild holds it open. */
  readonly output: Readable;
  /** Stderr; undefined in a PTY. */
  readonly errors: Readable | undefined;
  /** Resolves when the process itself has exited and is reaped; never rejects. */
  readonly exited: Promise<ProcessExit>;
  /** What the cleanups threw, and what could not be ended; resolves after all of them, never rejects. */
  readonly cleanedUp: Promise<readonly unknown[]>;

  readonly #parts: ManagedParts;
  readonly #graceOver = new AbortController();
  /** Resolves, to an error if there is one, once nothing is left of the session and its descriptors. */
  readonly #swept: Promise<{ error?: unknown }>;
  #hasExited = false;
  #isSwept = false;
  #termination: Promise<void> | undefined;

  constructor(parts: ManagedParts) {
    this.#parts = parts;
    const { child, group } = parts;
    this.pid = child.pid;
    this.startTicks = group.leader.startTicks;
    this.command = parts.command;
    this.output = child.output;
    this.errors = child.errors;
    this.exited = child.exited;
    this.#swept = this.#sweep();
    this.cleanedUp = this.#cleanUp();
  }

  /** False when the process is behind with reading, or has exited. */
  write(data: string | Uint8Array): boolean {
    return this.#parts.child.write(data);
  }

  /** Closes the input: end of file for the process (Ctrl-D in a PTY). */
  endInput(): void {
    this.#parts.child.endInput();
  }

  /**
   * Has `cleanup` run exactly once after the exit, however that comes about, the last one added
   * first; at once if the others have already run.
   */
  onCleanup(cleanup: Cleanup): void {
    this.#parts.cleanups.add(cleanup);
  }

  /**
   * Ends the process and its session: SIGINT, after `timeoutMs` SIGKILL, then the confirmation that
   * nothing is left. Further calls join the first one; the shortest grace rules.
   * @throws NotTerminatedError saying what is left; a later call tries again
   */
  async terminate(timeoutMs: number): Promise<void> {
    if (this.#isSwept) return;
    const grace = setTimeout(() => this.#graceOver.abort(), timeoutMs);
    this.#termination ??= this.#terminate();
    try {
      await this.#termination;
    } catch (error) {
      this.#termination = undefined;
      throw error;
    } finally {
      clearTimeout(grace);
    }
  }

  async #terminate(): Promise<void> {
    const { child, group, confirmMs } = this.#parts;
    try {
      if (!this.#hasExited) await group.signal("SIGINT");
      await Promise.race([this.exited, aborted(this.#graceOver.signal)]);
      if (!this.#hasExited) await this.#kill();
      await this.#swept;
      if (!this.#isSwept) await group.end(confirmMs);
      this.#isSwept = true;
    } catch (error) {
      child.close();
      throw error;
    }
  }

  async #kill(): Promise<void> {
    const { group, confirmMs } = this.#parts;
    const timer = new AbortController();
    await group.signal("SIGKILL");
    await Promise.race([this.exited, sleep(confirmMs, undefined, { signal: timer.signal }).catch(() => {})]);
    timer.abort();
    if (!this.#hasExited) throw await group.notTerminated();
  }

  async #sweep(): Promise<{ error?: unknown }> {
    await this.exited;
    this.#hasExited = true;
    const error = await this.#endMembers();
    await this.#parts.child.drain();
    this.#isSwept = error === undefined;
    return { error };
  }

  async #endMembers(): Promise<unknown> {
    const { group, confirmMs } = this.#parts;
    try {
      // They had the signal too, and have the rest of the grace for it.
      if (this.#termination) await group.emptied(this.#graceOver.signal);
      await group.end(confirmMs);
      return undefined;
    } catch (error) {
      return error;
    }
  }

  async #cleanUp(): Promise<readonly unknown[]> {
    const { error } = await this.#swept;
    const errors = await this.#parts.cleanups.run();
    return error === undefined ? errors : [error, ...errors];
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
