import { type FdEntry, fdKey, isZombie, type ProcessEntry, processKey } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Rule } from "./allowance-rules.js";
import type { Excusing } from "./excusing.js";
import type { ExcusedThings } from "./left-over.js";

type Processes = Snapshot["processes"];

/** The processes of a look without those that are excused, and without the fds that are. */
export function withoutThings(excusing: Excusing, things: ExcusedThings): (look: Snapshot) => Processes {
  const isExcused = (entry: ProcessEntry): boolean =>
    things.processes.has(processKey(entry)) ||
    (excusing.ofProcess(entry).some(isUnlimited) && !excusing.isResident(entry));
  const lessen = fdsLessened(excusing, things);
  return ({ processes }) => {
    const excused = new Set(processes.filter(isExcused));
    const pids = new Set([...excused].map(({ pid }) => pid));
    return processes
      .filter((entry) => !excused.has(entry) && !(isZombie(entry) && pids.has(entry.ppid)))
      .map(lessen);
  };
}

function isUnlimited({ limit }: Rule): boolean {
  return limit === Number.POSITIVE_INFINITY;
}

/** A process that did nothing has the same list at every look: what is left of it is the same one, too. */
function fdsLessened(excusing: Excusing, things: ExcusedThings): (entry: ProcessEntry) => ProcessEntry {
  const known = new WeakMap<readonly FdEntry[], { readonly key: string; readonly fds: readonly FdEntry[] }>();
  const isExcused = (holder: ProcessEntry, fd: FdEntry): boolean => {
    const rules = excusing.ofFd(fd);
    return rules.some(isUnlimited) || (rules.length > 0 && things.fds.has(fdKey(holder, fd)));
  };
  return (entry) => {
    const { fds, fdCount } = entry;
    if (!Array.isArray(fds)) return entry;
    const key = processKey(entry);
    const seen = known.get(fds);
    const left = seen?.key === key ? seen.fds : fds.filter((fd) => !isExcused(entry, fd));
    known.set(fds, { key, fds: left });
    const fewer = fds.length - left.length;
    if (fewer === 0) return entry;
    return { ...entry, fds: left, fdCount: fdCount === undefined ? undefined : fdCount - fewer };
  };
}
