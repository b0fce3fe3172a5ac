import type { Child } from "./child.js";
import { type Cleanup, CleanupStack } from "./cleanup-stack.js";
import { ProcessLimitError } from "./errors.js";
import { ManagedProcess } from "./managed-process.js";
import { startOnPipes } from "./pipe-child.js";
import { ProcessGroup } from "./process-group.js";
import { identify, type ProcessTable, processTable } from "./process-table.js";
import { type PtySize, startInPty } from "./pty-child.js";
import type { AdmissionAnswer } from "./resource-monitor.js";
import { resolveCommand } from "./resolve-command.js";
import { withinLimit } from "./time-limit.js";

export interface StartOptions {
  /** Looked up on the PATH of `env` unless it holds a slash. */
  readonly command: string;
  readonly args?: readonly string[] | undefined;
  readonly cwd?: string | undefined;
  /** Default: that of this process. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** True for 80 columns and 24 rows. */
  readonly pty?: boolean | PtySize | undefined;
  /** Terminates the process when aborted. */
  readonly signal?: AbortSignal | undefined;
  /** The first cleanup; runs even if the start fails, so that what was taken for the process is given back. */
  readonly onCleanup?: Cleanup | undefined;
}

/** Says whether there is room for one more; a ResourceMonitor does. */
export interface Admission {
  admit(kind: "process" | "pty"): AdmissionAnswer;
}

export interface ProcessManagerOptions {
  /** Default 64. */
  readonly maxProcesses?: number | undefined;
  readonly monitor?: Admission | undefined;
  /** Between SIGINT and SIGKILL when a start's signal is aborted; default 2000. */
  readonly graceMs?: number | undefined;
  /** How long after SIGKILL a process may take to be gone, and one cleanup to end; default 5000. */
  readonly confirmMs?: number | undefined;
  /** Told of what a process's cleanups threw and of what could not be ended. */
  readonly onProblem?: ((error: unknown, process: ManagedProcess) => void) | undefined;
  /** Default: the kernel's, by /proc. */
  readonly table?: ProcessTable | undefined;
}

const defaultSize: PtySize = { cols: 80, rows: 24 };

/** Starts processes, bounds their number, and gives back everything of each of them. */
export class ProcessManager {
  readonly #max: number;
  readonly #graceMs: number;
  readonly #confirmMs: number;
  readonly #options: ProcessManagerOptions;
  readonly #table: ProcessTable;
  readonly #processes = new Set<ManagedProcess>();
  #isShutDown = false;

  constructor(options: ProcessManagerOptions = {}) {
    this.#options = options;
    this.#max = options.maxProcesses ?? 64;
    this.#graceMs = options.graceMs ?? 2000;
    this.#confirmMs = options.confirmMs ?? 5000;
    this.#table = options.table ?? processTable("/proc");
  }

  /** How many are started and not yet wholly given back. */
  get running(): number {
    return this.#processes.size;
  }

  list(): ManagedProcess[] {
    return [...this.#processes];
  }

  /**
   * Starts a process as the leader of its own session. Synchronous, so that its caller owns it at once.
   * @throws ProcessLimitError when full or shut down, SpawnError when it cannot be started, the
   * signal's reason (an `AbortError`) when that is already aborted
   */
  start(options: StartOptions): ManagedProcess {
    const cleanups = new CleanupStack(this.#confirmMs);
    if (options.onCleanup) cleanups.add(options.onCleanup);
    try {
      options.signal?.throwIfAborted();
      this.#admit(options);
      return this.#manage(options, cleanups);
    } catch (error) {
      void cleanups.run();
      throw error;
    }
  }

  /**
   * Refuses new starts from now on and ends all processes at once, with `timeoutMs` between SIGINT
   * and SIGKILL.
   * @throws AggregateError with one error for each process that is left or whose cleanup hangs
   */
  async shutdown(timeoutMs: number = this.#graceMs): Promise<void> {
    this.#isShutDown = true;
    const ends = await Promise.allSettled(this.list().map((process) => this.#end(process, timeoutMs)));
    const errors = ends.flatMap((end) => (end.status === "rejected" ? [end.reason as unknown] : []));
    if (errors.length > 0) throw new AggregateError(errors, messageFor(errors));
  }

  async #end(process: ManagedProcess, timeoutMs: number): Promise<void> {
    await process.terminate(timeoutMs);
    const { outcome } = await withinLimit(() => process.cleanedUp, this.#confirmMs);
    if (outcome !== "done") throw new Error(`cleanups of ${process.command} (pid ${process.pid}) ${outcome}`);
  }

  #admit({ command, pty }: StartOptions): void {
    if (this.#isShutDown) throw new ProcessLimitError(command, "shutting down");
    if (this.running >= this.#max) {
      throw new ProcessLimitError(command, `${this.running} of ${this.#max} processes are running`);
    }
    for (const kind of pty ? (["process", "pty"] as const) : (["process"] as const)) {
      const admission = this.#options.monitor?.admit(kind);
      if (admission?.ok === false) throw new ProcessLimitError(command, admission.reason);
    }
  }

  #manage(options: StartOptions, cleanups: CleanupStack): ManagedProcess {
    const child = this.#spawn(options);
    const words = [options.command, ...(options.args ?? [])].join(" ");
    const group = new ProcessGroup(identify(this.#table, child.pid), words, this.#table);
    const process = new ManagedProcess({
      command: words,
      child,
      group,
      cleanups,
      confirmMs: this.#confirmMs,
    });
    this.#processes.add(process);
    void this.#forget(process);
    this.#follow(options.signal, process);
    return process;
  }

  #spawn({ command, args = [], cwd, env = process.env, pty }: StartOptions): Child {
    const start = { file: resolveCommand({ command, cwd, env }), args, cwd, env };
    if (!pty) return startOnPipes(start);
    const size = pty === true ? defaultSize : pty;
    return startInPty({ ...start, size, isThere: (pid) => this.#table.stat(pid) !== undefined });
  }

  async #forget(process: ManagedProcess): Promise<void> {
    const errors = await process.cleanedUp;
    this.#processes.delete(process);
    for (const error of errors) this.#options.onProblem?.(error, process);
  }

  #follow(signal: AbortSignal | undefined, process: ManagedProcess): void {
    if (!signal) return;
    const onAbort = (): void => {
      process.terminate(this.#graceMs).catch((error: unknown) => this.#options.onProblem?.(error, process));
    };
    signal.addEventListener("abort", onAbort, { once: true });
    process.onCleanup(() => signal.removeEventListener("abort", onAbort));
  }
}

function messageFor(errors: readonly unknown[]): string {
  const lines = errors.map((error) => (error instanceof Error ? error.message : String(error)));
  return `shutdown left something behind: ${lines.join("; ")}`;
}
