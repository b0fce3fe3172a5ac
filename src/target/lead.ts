import type { Clock } from "../model/clock.js";
import { valueOf } from "../model/reading.js";
import type { ProcessIdentity } from "../model/resource.js";
import { hasExited, type ProcStat, readStat } from "../proc/stat.js";
import type { Family } from "./family.js";
import { sendSignal } from "./kill.js";
import { listenerAmong, orphanAt, type Place, topOf } from "./listening.js";
import type { ExitInfo } from "./exit-info.js";
import type { TargetProcess } from "./start.js";

export interface LeadOptions {
  readonly child: TargetProcess;
  readonly main: ProcessIdentity;
  /** Of the child. */
  readonly exited: Promise<ExitInfo>;
  readonly family: Family;
  readonly place: Place;
  readonly clock: Clock;
  readonly procRoot: string;
  /** Told of the process that is followed in place of the command. */
  readonly onHeir?: ((heir: ProcStat) => void) | undefined;
}

const lookEveryMs = 50;
/** A look can miss a child whose parent ended while the list was read. */
const emptyLooks = 3;
/** Before the target was ever ready: a daemon that nothing but its port tells of has yet to listen. */
const unseenMs = 3000;
/** From the exit of the command, or from when the target was ready, until its heir must listen. */
const graceMs = 1000;

/**
 * The process whose end is the target's: the command, or, where that exits with 0 and leaves a server behind (a daemon,
 * a launcher), the top of the tree that has the listener in it.
 */
export class Lead {
  readonly exited: Promise<ExitInfo>;
  readonly #options: LeadOptions;
  readonly #closed = new AbortController();
  readonly #decided: Promise<void>;
  #heir: ProcStat | undefined;
  #commandExit: ExitInfo | undefined;
  #readyAtMs: number | undefined;
  #over = false;
  #stopping = false;

  constructor(options: LeadOptions) {
    this.#options = options;
    const command = options.exited.then((exit) => this.#commandEnded(exit));
    this.#decided = command.then(() => undefined);
    this.exited = command.then((exit) => this.#end(exit));
  }

  get identity(): ProcessIdentity {
    const { pid, startTicks } = this.#heir ?? this.#options.main;
    return { pid, startTicks };
  }

  get alive(): boolean {
    const { child } = this.#options;
    if (this.#over) return false;
    return this.#commandExit !== undefined || (child.exitCode === null && child.signalCode === null);
  }

  /** How the command ended while what it left behind lives on. */
  get commandExit(): ExitInfo | undefined {
    return this.#commandExit;
  }

  /** The target is ready: from now on there must be a listener. Resolves when it is known who leads. */
  async ready(): Promise<void> {
    const { clock, child } = this.#options;
    this.#readyAtMs = clock.now();
    if (child.exitCode !== null || child.signalCode !== null) await this.#decided;
  }

  /** From now on an exit is what was asked for. */
  kill(signal: NodeJS.Signals): void {
    this.#stopping = true;
    if (this.#heir) sendSignal(this.#heir.pid, signal);
    else this.#options.child.kill(signal);
  }

  /** Looks no more. */
  close(): void {
    this.#closed.abort();
  }

  async #commandEnded(exit: ExitInfo): Promise<ExitInfo> {
    if (exit.code !== 0 || this.#stopping) return exit;
    this.#commandExit = exit;
    this.#heir = await this.#find(exit);
    if (this.#heir) this.#options.onHeir?.(this.#heir);
    return exit;
  }

  async #end(exit: ExitInfo): Promise<ExitInfo> {
    const heir = this.#heir;
    if (heir) await this.#untilGone(heir);
    this.#over = true;
    return heir ? { code: null, signal: null, atMs: this.#options.clock.now() } : exit;
  }

  async #find({ atMs }: ExitInfo): Promise<ProcStat | undefined> {
    const { family, clock } = this.#options;
    for (let empty = 0; !this.#closed.signal.aborted; ) {
      const running = family.running();
      const heir = this.#among(running);
      if (heir) return heir;
      empty = running.length === 0 ? empty + 1 : 0;
      const sinceMs = Math.max(atMs, this.#readyAtMs ?? 0);
      const waitsMs = clock.now() - sinceMs;
      if (empty >= emptyLooks && (this.#readyAtMs !== undefined || waitsMs > unseenMs)) return undefined;
      if (this.#readyAtMs !== undefined && waitsMs > graceMs) return undefined;
      await clock.sleep(lookEveryMs, this.#closed.signal);
    }
    return undefined;
  }

  #among(running: readonly ProcStat[]): ProcStat | undefined {
    const { procRoot, place, family, main } = this.#options;
    const listener = listenerAmong(procRoot, running, place);
    if (listener) return topOf(running, listener);
    const orphan = orphanAt(procRoot, place, main.startTicks);
    if (orphan) family.adopt(orphan);
    return orphan;
  }

  async #untilGone({ pid, startTicks }: ProcessIdentity): Promise<void> {
    const { clock, procRoot } = this.#options;
    while (!this.#closed.signal.aborted) {
      const stat = valueOf(readStat(procRoot, pid));
      if (stat?.startTicks !== startTicks || hasExited(stat)) return;
      await clock.sleep(lookEveryMs, this.#closed.signal);
    }
  }
}
