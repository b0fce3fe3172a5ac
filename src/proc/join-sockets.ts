import { type Gap, type Reading, valueOf } from "../model/reading.js";
import type { FdEntry, ProcessEntry, SocketEntry, TreeSample } from "../model/resource.js";
import { readNetNamespace } from "./net-namespace.js";
import { readStat } from "./stat.js";
import { readSockets } from "./sockets.js";

type Table = ReadonlyMap<number, SocketEntry>;

/**
 * Joins fds to the sockets they are, by inode, reading the tables once for each network namespace.
 * A socket of another family (netlink, packet, UDP) stays an fd without `socket`.
 */
export function joinSockets(root: string, processes: readonly ProcessEntry[]): TreeSample {
  const tables = new Map<string, Reading<Table>>();
  const gaps: Gap[] = [];
  const joined = processes.map((entry) => {
    if (!entry.fds?.some(isSocket)) return entry;
    const table = tableOf(root, entry.pid, tables);
    if (!table.ok && isAlive(root, entry)) gaps.push(table.gap);
    const sockets = valueOf(table);
    return sockets ? { ...entry, fds: entry.fds.map((fd) => withSocket(fd, sockets)) } : entry;
  });
  return { processes: joined, gaps };
}

function tableOf(root: string, pid: number, tables: Map<string, Reading<Table>>): Reading<Table> {
  const namespace = readNetNamespace(root, pid);
  if (!namespace.ok) return namespace;
  const known = tables.get(namespace.value);
  if (known?.ok) return known;
  const table = readSockets(root, pid);
  tables.set(namespace.value, table);
  return table;
}

/** The tables of a process that has ended since its fds were read are no gap. */
function isAlive(root: string, entry: ProcessEntry): boolean {
  const stat = valueOf(readStat(root, entry.pid));
  return stat !== undefined && stat.startTicks === entry.startTicks && !stat.exiting;
}

function isSocket(entry: FdEntry): boolean {
  return entry.target.startsWith("socket:[");
}

function withSocket(entry: FdEntry, sockets: Table): FdEntry {
  const socket = isSocket(entry) ? sockets.get(entry.inode) : undefined;
  return socket ? { ...entry, socket } : entry;
}
