import { valueOf } from "../model/reading.js";
import { isZombie, type ProcessEntry, type SocketEntry } from "../model/resource.js";
import type { Ready } from "../model/scenario.js";
import { sampleTree } from "../proc/entry.js";
import { seenPids } from "../proc/pids.js";
import { type ProcStat, readStat } from "../proc/stat.js";

/** Where a server is reached. */
export interface Place {
  /** TCP; 0 = none. */
  readonly port: number;
  /** Path of a Unix socket. */
  readonly socket?: string | undefined;
}

/** By what the scenario's own sign of readiness says. */
export function placeOf({ how }: Ready, port: number): Place {
  return { port, socket: how.kind === "socket" ? how.path : undefined };
}

/** Longest chain of parents that is climbed. */
const deepest = 1000;

/** The oldest of the processes that listen at the place: workers that inherit the socket are younger. */
export function listenerAmong(
  procRoot: string,
  stats: readonly ProcStat[],
  place: Place,
): ProcStat | undefined {
  const sample = sampleTree(procRoot, stats, { fds: true, memory: false, sockets: true });
  const holders = sample.processes
    .filter((entry) => !isZombie(entry) && listensAt(entry, place))
    .map(({ pid }) => pid);
  return stats
    .filter(({ pid }) => holders.includes(pid))
    .toSorted((a, b) => a.startTicks - b.startTicks || a.pid - b.pid)[0];
}

export function listensAt({ fds }: Pick<ProcessEntry, "fds">, place: Place): boolean {
  return fds?.some(({ socket }) => isAt(socket, place)) === true;
}

function isAt(socket: SocketEntry | undefined, { port, socket: path }: Place): boolean {
  if (socket?.state !== "LISTEN") return false;
  if (socket.protocol === "unix") return path !== undefined && socket.local === path;
  return port > 0 && socket.local.endsWith(`:${port}`);
}

/** The highest of its parents that is among the processes: the one that would end the others in order. */
export function topOf(stats: readonly ProcStat[], one: ProcStat): ProcStat {
  let top = one;
  for (let climbed = 0; climbed < deepest; climbed++) {
    const parent = stats.find(({ pid, startTicks }) => pid === top.ppid && startTicks <= top.startTicks);
    if (!parent) break;
    top = parent;
  }
  return top;
}

/**
 * A daemon that nothing else tells of: its environment is empty, its session its own, its parents are gone. It came up
 * after the target was started and listens where nobody did before. Whoever adopted it is a parent of the tool's, too.
 */
export function orphanAt(procRoot: string, place: Place, sinceTicks: number): ProcStat | undefined {
  const stats = seenPids(procRoot).flatMap((pid) => valueOf(readStat(procRoot, pid)) ?? []);
  const own = stats.find(({ pid }) => pid === process.pid);
  if (!own) return undefined;
  const elders = new Set(eldersOf(stats, own));
  const orphans = stats.filter(
    (stat) => stat.startTicks >= sinceTicks && elders.has(stat.ppid) && stat.sid !== own.sid,
  );
  return listenerAmong(procRoot, orphans, place);
}

function eldersOf(stats: readonly ProcStat[], own: ProcStat): number[] {
  const elders: number[] = [];
  for (let at: ProcStat | undefined = own; at && elders.length < deepest; ) {
    const { ppid }: ProcStat = at;
    // 0 stands for a parent outside of this pid namespace.
    elders.push(ppid);
    at = stats.find(({ pid }) => pid === ppid);
  }
  return elders;
}
