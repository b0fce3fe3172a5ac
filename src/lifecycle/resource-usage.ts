import { countFds } from "../proc/fd-count.js";
import { readFds } from "../proc/fd.js";
import { readLimits } from "../proc/limits.js";
import { listPids } from "../proc/pids.js";
import { readStat } from "../proc/stat.js";
import { descendants } from "../proc/tree.js";

/** What this process holds. Undefined = could not be read, which is not zero. */
export interface ResourceUsage {
  /** What keeps or may keep the event loop busy: process.getActiveResourcesInfo(). */
  readonly tasks: number;
  readonly tasksByType: Readonly<Record<string, number>>;
  /** Children, their children and so on, zombies included. */
  readonly processes: number | undefined;
  readonly fds: number | undefined;
  /** Soft RLIMIT_NOFILE; Infinity when unlimited. */
  readonly fdLimit: number | undefined;
  readonly memoryBytes: { readonly rss: number; readonly heapUsed: number };
  /** Masters and slaves of PTYs that this process has open. */
  readonly ptys: number | undefined;
}

/** What can be limited. */
export type CountedResource = "tasks" | "processes" | "fds" | "ptys";

/** Where the numbers come from; passed in so that a test can play a process in trouble. */
export interface UsageSource {
  usage(): ResourceUsage;
  /** One number of `usage`, without the cost of the others. */
  count(resource: CountedResource): number | undefined;
  fdLimit(): number | undefined;
}

/** This process. @param root where /proc is mounted */
export function usageOfSelf(root: string): UsageSource {
  const counts: Record<CountedResource, () => number | undefined> = {
    tasks: () => process.getActiveResourcesInfo().length,
    processes: () => countDescendants(root),
    fds: () => countOwnFds(root),
    ptys: () => countPtys(root),
  };
  return {
    usage: () => readUsage(root),
    count: (resource) => counts[resource](),
    fdLimit: () => readFdLimit(root),
  };
}

function readUsage(root: string): ResourceUsage {
  const tasks = process.getActiveResourcesInfo();
  const { rss, heapUsed } = process.memoryUsage();
  return {
    tasks: tasks.length,
    tasksByType: countByName(tasks),
    processes: countDescendants(root),
    fds: countOwnFds(root),
    fdLimit: readFdLimit(root),
    memoryBytes: { rss, heapUsed },
    ptys: countPtys(root),
  };
}

function countOwnFds(root: string): number | undefined {
  const reading = countFds(root, process.pid);
  return reading.ok ? reading.value : undefined;
}

function readFdLimit(root: string): number | undefined {
  const reading = readLimits(root, process.pid);
  return reading.ok ? reading.value.openFiles.soft : undefined;
}

function countDescendants(root: string): number | undefined {
  const pids = listPids(root);
  if (!pids.ok) return undefined;
  const stats = pids.value.flatMap((pid) => {
    const stat = readStat(root, pid);
    return stat.ok ? [stat.value] : [];
  });
  const self = stats.find((stat) => stat.pid === process.pid);
  return self ? descendants(stats, [self]).length : undefined;
}

function countPtys(root: string): number | undefined {
  const fds = readFds(root, process.pid);
  return fds.ok ? fds.value.filter((entry) => isPty(entry.target)).length : undefined;
}

function isPty(target: string): boolean {
  return target.endsWith("/ptmx") || /^\/dev\/pts\/\d+/.test(target);
}

function countByName(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
