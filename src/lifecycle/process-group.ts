import { setTimeout as sleep } from "node:timers/promises";
import type { ProcessIdentity } from "../model/resource.js";
import { hasExited, type ProcStat } from "../proc/stat.js";
import { codeOf, type LeftProcess, NotTerminatedError } from "./errors.js";
import type { ProcessTable } from "./process-table.js";

/** Between two looks at whether processes are gone. */
const lookEveryMs = 10;

/**
 * A process that leads a session (setsid(2)) and everything in that session: grandchildren too, as
 * long as they did not start a session of their own.
 */
export class ProcessGroup {
  readonly leader: ProcessIdentity;
  readonly #command: string;
  readonly #table: ProcessTable;
  /** A member seen alive: as long as it is, there is no need to look through all processes again. */
  #witness: ProcessIdentity | undefined;

  constructor(leader: ProcessIdentity, command: string, table: ProcessTable) {
    this.leader = leader;
    this.#command = command;
    this.#table = table;
  }

  /** True until the leader's parent has waited for it: a zombie still counts. */
  leaderIsThere(): boolean {
    return this.#table.stat(this.leader.pid)?.startTicks === this.leader.startTicks;
  }

  /** Waits until nobody of the session is left, or until `until` is aborted. */
  async emptied(until: AbortSignal): Promise<void> {
    while (!until.aborted && (await this.#anyone())) await sleep(lookEveryMs);
  }

  /**
   * Kills what outlived the leader and confirms that it is gone.
   * @throws NotTerminatedError for what is still there after `confirmMs`
   */
  async end(confirmMs: number): Promise<void> {
    const deadline = performance.now() + confirmMs;
    while (await this.#anyone()) {
      if (performance.now() >= deadline) throw await this.notTerminated();
      await this.signal("SIGKILL");
      await sleep(lookEveryMs);
    }
  }

  /**
   * The others of the session that are still alive. A zombie among them is dead, and its parent,
   * which is not us, has to wait for it. Undefined where processes cannot be listed.
   */
  async members(): Promise<ProcStat[] | undefined> {
    const { pid, startTicks } = this.leader;
    const stats = await this.#table.all();
    // The kernel gives the number to a new process only once the session is empty.
    if (stats?.some((stat) => stat.pid === pid && stat.startTicks !== startTicks)) return [];
    return stats?.filter(
      (stat) =>
        (stat.pgid === pid || stat.sid === pid) &&
        stat.pid !== pid &&
        stat.startTicks >= startTicks &&
        !hasExited(stat),
    );
  }

  /** Sends a signal to the leader's group, and to each member that is in another group of the session. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    const { pid } = this.leader;
    const members = await this.members();
    if (this.leaderIsThere() || !members || members.some((member) => member.pgid === pid)) {
      this.#send(-pid, signal);
    }
    for (const member of members ?? []) {
      if (member.pgid !== pid) this.#send(member.pid, signal);
    }
  }

  /** Says who is left: the leader and the members. */
  async notTerminated(): Promise<NotTerminatedError> {
    const { pid } = this.leader;
    const leader = this.leaderIsThere() ? this.#table.stat(pid) : undefined;
    const stats = [...(leader ? [leader] : []), ...((await this.members()) ?? [])];
    const left = stats.map((stat) => this.#describe(stat));
    const unknown = { pid, state: "?", command: this.#command };
    return new NotTerminatedError(this.#command, left.length > 0 ? left : [unknown]);
  }

  async #anyone(): Promise<boolean> {
    if (this.leaderIsThere() || this.#witnessIsAlive()) return true;
    const members = await this.members();
    this.#witness = members?.[0];
    return members ? members.length > 0 : this.#send(-this.leader.pid, 0);
  }

  #witnessIsAlive(): boolean {
    const stat = this.#witness && this.#table.stat(this.#witness.pid);
    return stat !== undefined && stat.startTicks === this.#witness?.startTicks && !hasExited(stat);
  }

  #describe({ pid, state, name }: ProcStat): LeftProcess {
    return { pid, state, command: this.#table.command(pid) || `[${name}]` };
  }

  /** False when there is nobody to receive it. One that may not be signalled is there all the same. */
  #send(pid: number, signal: NodeJS.Signals | 0): boolean {
    try {
      this.#table.kill(pid, signal);
      return true;
    } catch (error) {
      return codeOf(error) !== "ESRCH";
    }
  }
}
