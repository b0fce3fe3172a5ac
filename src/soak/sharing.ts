import { type FdEntry, type ProcessEntry, processKey } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";

/** The same snapshot, made of the objects of the one before it where nothing has changed: thousands of fds weigh once. */
export function sharing(before: Snapshot | undefined, now: Snapshot): Snapshot {
  const known = new Map(before?.processes.map((entry) => [processKey(entry), entry]));
  return {
    ...now,
    processes: now.processes.map((entry) => sharedEntry(known.get(processKey(entry)), entry)),
  };
}

function sharedEntry(before: ProcessEntry | undefined, now: ProcessEntry): ProcessEntry {
  if (!before) return now;
  return {
    ...now,
    name: before.name === now.name ? before.name : now.name,
    command: before.command === now.command ? before.command : now.command,
    fds: sharedFds(before.fds, now.fds),
  };
}

function sharedFds(before: ProcessEntry["fds"], now: ProcessEntry["fds"]): ProcessEntry["fds"] {
  if (!before || !now) return now;
  const known = new Map(before.map((entry) => [entry.fd, entry]));
  const shared = now.map((entry) => {
    const old = known.get(entry.fd);
    return old && isSame(old, entry) ? old : entry;
  });
  const isUnchanged =
    shared.length === before.length && shared.every((entry, index) => entry === before[index]);
  return isUnchanged ? before : shared;
}

function isSame(a: FdEntry, b: FdEntry): boolean {
  if (a.target !== b.target || a.inode !== b.inode || a.ptsNumber !== b.ptsNumber) return false;
  const [one, other] = [a.socket, b.socket];
  if (!one || !other) return one === other;
  return one.state === other.state && one.local === other.local && one.peer === other.peer;
}
