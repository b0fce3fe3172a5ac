import { type FdEntry, type ProcessEntry, processKey, type SocketEntry } from "./resource.js";
import type { Snapshot } from "./snapshot.js";

/**
 * Lets the snapshots of one record share what did not change from one to the next: an idle server holds the
 * same file descriptors all day, and 100 MB of record then need no 100 MB of memory.
 */
export class ShareAlike {
  #last = new Map<string, ProcessEntry>();

  /** The same snapshot, which may share parts with those before. */
  snapshot(snapshot: Snapshot): Snapshot {
    const processes = snapshot.processes.map((entry) => this.#process(entry));
    this.#last = new Map(processes.map((entry) => [processKey(entry), entry]));
    return { ...snapshot, processes };
  }

  #process(entry: ProcessEntry): ProcessEntry {
    const before = this.#last.get(processKey(entry));
    if (!before) return entry;
    const command = entry.command === before.command ? before.command : entry.command;
    const { fds } = entry;
    if (!fds || !before.fds || !areSame(fds, before.fds)) return { ...entry, command };
    return { ...entry, command, fds: before.fds };
  }
}

function areSame(a: readonly FdEntry[], b: readonly FdEntry[]): boolean {
  return a.length === b.length && a.every((entry, index) => isSame(entry, b[index]));
}

function isSame(a: FdEntry, b: FdEntry | undefined): boolean {
  return (
    a.fd === b?.fd &&
    a.target === b.target &&
    a.inode === b.inode &&
    a.ptsNumber === b.ptsNumber &&
    isSameSocket(a.socket, b.socket)
  );
}

function isSameSocket(a: SocketEntry | undefined, b: SocketEntry | undefined): boolean {
  if (!a || !b) return a === b;
  return (
    a.state === b.state &&
    a.peer === b.peer &&
    a.local === b.local &&
    a.inode === b.inode &&
    a.protocol === b.protocol
  );
}
