import type { Gap } from "../model/reading.js";
import { valueOf } from "../model/reading.js";
import { type ProcessIdentity, processKey } from "../model/resource.js";
import { environHas } from "../proc/environ.js";
import { listPids, seenPids } from "../proc/pids.js";
import { hasExited, type ProcStat, readStat } from "../proc/stat.js";
import { descendants } from "../proc/tree.js";
import type { Cgroup } from "./cgroup.js";

export interface FamilyOptions {
  readonly procRoot: string;
  /** `NAME=value` in the environment of every member that did not scrub its own; undefined = none was given to it. */
  readonly marker: string | undefined;
  readonly cgroup: Pick<Cgroup, "pids"> | undefined;
  /** Nobody who started before this is a member, whatever else speaks for it. */
  readonly sinceTicks: number;
  /** Never members: the tool and its keeper. */
  readonly outsiders: readonly number[];
  /** Told of each member once, when it is first seen. */
  readonly onMember?: ((member: Member) => void) | undefined;
}

export type Member = Pick<ProcStat, "pid" | "startTicks" | "sid">;

/**
 * Who descends from the target, whatever became of its parent. A member is whoever is in the target's cgroup,
 * carries its marker, descends from a member, or is in a session that a member leads or led: setsid(2) only opens
 * new sessions, so no stranger can enter one. A zombie is in no cgroup and has no environment; its parent tells.
 */
export class Family {
  readonly #options: FamilyOptions;
  readonly #known = new Map<string, Member>();
  /** Start times of the leaders, by session. */
  readonly #sessions = new Map<number, number>();
  /** Pids that were not of members when all were last looked at. */
  #strangers: ReadonlySet<number> = new Set();

  constructor(options: FamilyOptions) {
    this.#options = options;
  }

  /** Adds a process that is known to belong. */
  adopt(member: Member): void {
    const key = processKey(member);
    this.#addSession(member);
    if (this.#known.has(key)) return;
    if (this.#strangers.has(member.pid)) this.#strangers = new Set();
    this.#known.set(key, member);
    this.#options.onMember?.(member);
  }

  /** All members that have an entry in /proc now, zombies included. Forgets those that are gone. */
  members(): ProcStat[] {
    return this.#lookAtAll(() => false);
  }

  /**
   * The members, from a look at them and at those that are new since all were looked at: cheap where many strangers
   * run. One that got the pid of a stranger is missed until all are looked at again.
   */
  glance(): ProcStat[] {
    const strangers = this.#strangers;
    return this.#look(
      this.#pids().filter((pid) => !strangers.has(pid)),
      () => false,
    );
  }

  /** The same, and reads the environment of every process that is not known yet. */
  sweep(): ProcStat[] {
    const { procRoot, marker } = this.#options;
    if (marker === undefined) return this.members();
    return this.#lookAtAll((stat) => environHas(procRoot, stat.pid, marker));
  }

  /** The members that still run, after a sweep. */
  running(): ProcStat[] {
    return this.sweep().filter((stat) => !hasExited(stat));
  }

  /** Why members may be hidden from a look. */
  gaps(): Gap[] {
    const pids = listPids(this.#options.procRoot);
    return pids.ok ? [] : [pids.gap];
  }

  #lookAtAll(isMarked: (stat: ProcStat) => boolean): ProcStat[] {
    const pids = this.#pids();
    const members = this.#look(pids, isMarked);
    const own = new Set(members.map(({ pid }) => pid));
    this.#strangers = new Set(pids.filter((pid) => !own.has(pid)));
    return members;
  }

  #look(pids: readonly number[], isMarked: (stat: ProcStat) => boolean): ProcStat[] {
    const stats = this.#candidates(pids);
    this.#dropRecycled(stats);
    const inCgroup = new Set(this.#options.cgroup?.pids());
    const found = new Set(
      stats.filter((stat) => this.#isKnown(stat) || inCgroup.has(stat.pid) || isMarked(stat)),
    );
    for (let size = -1; size !== found.size; ) {
      size = found.size;
      for (const stat of found) this.#addSession(stat);
      for (const stat of stats) if (this.#sessions.has(stat.sid)) found.add(stat);
      for (const stat of descendants(stats, [...found])) found.add(stat);
    }
    const members = [...found];
    this.#remember(members);
    return members;
  }

  #pids(): number[] {
    const { procRoot, outsiders } = this.#options;
    return seenPids(procRoot).filter((pid) => !outsiders.includes(pid));
  }

  #candidates(pids: readonly number[]): ProcStat[] {
    const { procRoot, sinceTicks } = this.#options;
    return pids
      .map((pid) => valueOf(readStat(procRoot, pid)))
      .filter((stat) => stat !== undefined)
      .filter((stat) => stat.startTicks >= sinceTicks);
  }

  #isKnown(stat: ProcessIdentity): boolean {
    return this.#known.has(processKey(stat));
  }

  /** What is gone cannot come back; a session that nobody is in may get its number used again. */
  #remember(members: readonly ProcStat[]): void {
    const keys = new Set(members.map(processKey));
    for (const key of this.#known.keys()) if (!keys.has(key)) this.#known.delete(key);
    for (const member of members) this.adopt(member);
    const inUse = new Set(members.map((member) => member.sid));
    for (const sid of this.#sessions.keys()) if (!inUse.has(sid)) this.#sessions.delete(sid);
  }

  /** A session that a stranger leads may be the tool's own, or that of the user's shell. */
  #addSession(member: Member): void {
    if (member.pid === member.sid) this.#sessions.set(member.sid, member.startTicks);
  }

  /** A number is free for a new leader only when nobody is left in the old session. */
  #dropRecycled(stats: readonly ProcStat[]): void {
    for (const { pid, startTicks } of stats) {
      if (this.#sessions.has(pid) && this.#sessions.get(pid) !== startTicks) this.#sessions.delete(pid);
    }
  }
}
