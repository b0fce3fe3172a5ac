import { valueOf } from "../model/reading.js";
import { isZombie, type ProcessEntry } from "../model/resource.js";
import type { Watched } from "../model/watching.js";
import { readFds } from "../proc/fd.js";
import { readListening } from "../proc/listening.js";
import { readStatus } from "../proc/status.js";
import { readUptimeMs } from "../proc/system.js";
import type { AttachedTarget } from "./attach.js";

/** Start times are counted in hundredths of a second (USER_HZ, time(7)). */
const msPerTick = 10;

/** Whom a watch is of, from one quick look. */
export function introduce(target: AttachedTarget, procRoot: string): Watched {
  const { processes } = target.sample({ fds: false, memory: false, sockets: false });
  const living = processes.filter((entry) => !isZombie(entry));
  const counts = living.map(({ fdCount }) => fdCount).filter((count) => count !== undefined);
  const limits = living.map(({ softFdLimit }) => softFdLimit).filter((limit) => limit !== undefined);
  const uptimeMs = valueOf(readUptimeMs(procRoot));
  const main = processes.find(({ pid }) => pid === target.pid);
  return {
    pid: target.pid,
    command: main?.command || `[${main?.name ?? "gone"}]`,
    uid: uidOf(procRoot, target.pid),
    ageMs: uptimeMs === undefined ? undefined : uptimeMs - target.startTicks * msPerTick,
    processes: living.length,
    fds: counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0),
    softFdLimit: limits.length === 0 ? undefined : limits.reduce((a, b) => Math.min(a, b)),
    ...openOf(procRoot, target.pid, living),
  };
}

function openOf(
  procRoot: string,
  main: number,
  living: readonly ProcessEntry[],
): Pick<Watched, "ports" | "unreadable"> {
  const ports = new Map(
    (valueOf(readListening(procRoot, main)) ?? []).map(({ inode, port }) => [inode, port]),
  );
  const open = new Set<number>();
  const refused: number[] = [];
  for (const { pid } of living) {
    const fds = readFds(procRoot, pid);
    if (!fds.ok && isRefused(fds.gap.why)) refused.push(pid);
    for (const { inode } of valueOf(fds) ?? []) {
      const port = ports.get(inode);
      if (port !== undefined) open.add(port);
    }
  }
  const uids = [...new Set(refused.map((pid) => uidOf(procRoot, pid)))].filter((uid) => uid !== undefined);
  return { ports: [...open].sort((a, b) => a - b), unreadable: { processes: refused.length, uids } };
}

function isRefused(why: string): boolean {
  return why === "EACCES" || why === "EPERM";
}

function uidOf(procRoot: string, pid: number): number | undefined {
  return valueOf(readStatus(procRoot, pid))?.uid;
}
