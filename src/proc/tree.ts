import { type ProcessIdentity, processKey } from "../model/resource.js";
import { hasExited, type ProcStat } from "./stat.js";

/**
 * The children of the roots, their children, and so on; zombies included, the roots themselves not
 * (except one that is below another). A root whose pid now belongs to another process has none.
 */
export function descendants(stats: readonly ProcStat[], roots: readonly ProcessIdentity[]): ProcStat[] {
  const children = byParent(stats);
  const rootKeys = new Set(roots.map(processKey));
  const queue = stats.filter((stat) => rootKeys.has(processKey(stat)));
  const found = new Set<ProcStat>();
  for (const parent of queue) {
    for (const child of children.get(parent.pid) ?? []) {
      if (found.has(child) || !canBeParent(parent, child)) continue;
      found.add(child);
      queue.push(child);
    }
  }
  return [...found];
}

function byParent(stats: readonly ProcStat[]): Map<number, ProcStat[]> {
  const children = new Map<number, ProcStat[]>();
  for (const stat of stats) {
    const siblings = children.get(stat.ppid);
    if (siblings) siblings.push(stat);
    else children.set(stat.ppid, [stat]);
  }
  return children;
}

/** The stats are not all of one instant: a pid may have been re-used in between, by a younger process. */
function canBeParent(parent: ProcStat, child: ProcStat): boolean {
  return parent !== child && parent.startTicks <= child.startTicks;
}

/** Those that exited and that nobody has waited for. */
export function zombies(stats: readonly ProcStat[]): ProcStat[] {
  return stats.filter(hasExited);
}

/**
 * The members whose parent is no member: it ended, and init or a subreaper (PR_SET_CHILD_SUBREAPER,
 * prctl(2)) became their parent. The roots are members by right and never orphans.
 */
export function orphans(
  stats: readonly ProcStat[],
  members: readonly ProcessIdentity[],
  roots: readonly ProcessIdentity[],
): ProcStat[] {
  const memberKeys = new Set(members.map(processKey));
  const rootKeys = new Set(roots.map(processKey));
  const present = stats.filter((stat) => memberKeys.has(processKey(stat)));
  const parents = new Set(present.map((stat) => stat.pid));
  return present.filter((stat) => !parents.has(stat.ppid) && !rootKeys.has(processKey(stat)));
}
