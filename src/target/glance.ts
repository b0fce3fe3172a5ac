import { valueOf } from "../model/reading.js";
import { type ProcessIdentity, ptyHolds } from "../model/resource.js";
import { countFds } from "../proc/fd-count.js";
import { readFds } from "../proc/fd.js";
import { hasExited, type ProcStat } from "../proc/stat.js";

/** A look that is cheap enough for a few times a second. */
export interface Glance {
  /** Those that run; zombies are left out. */
  readonly processes: number;
  /** These. */
  readonly running: readonly ProcessIdentity[];
  /** PTYs seen held, a pair of master and slave counting once: at least so many. Undefined = no fd could be listed. */
  readonly ptys: number | undefined;
}

/**
 * Listing costs about 5 µs an fd. Whoever runs a command in a PTY has it on fds 0 to 2, so the small processes show it
 * as well as a server with thousands of fds would.
 */
const mostFdsListed = 500;

/**
 * Lists the fds of the processes that hold the fewest.
 * @param count their number in a process, where somebody has read it already
 */
export function glanceAt(
  procRoot: string,
  members: readonly ProcStat[],
  count: (pid: number) => number | undefined = (pid) => valueOf(countFds(procRoot, pid)),
): Glance {
  const running = members.filter((member) => !hasExited(member));
  const counted = running
    .map(({ pid, startTicks }) => ({ pid, startTicks, count: count(pid) ?? 0 }))
    .sort((a, b) => a.count - b.count);
  let listed = 0;
  const looks = counted.flatMap(({ pid, startTicks, count }) => {
    listed += count;
    const fds = listed > mostFdsListed ? undefined : valueOf(readFds(procRoot, pid));
    return fds ? [{ pid, startTicks, fds }] : [];
  });
  const ptys = new Set(ptyHolds(looks).map(({ ptsNumber }) => ptsNumber)).size;
  return { processes: running.length, running, ptys: looks.length === 0 ? undefined : ptys };
}
