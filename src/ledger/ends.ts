import { type FdEntry, type ProcessEntry, processKey } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";
import { plain } from "./ports.js";

/** A process that holds the other end of an fd. */
export interface OtherEnd {
  readonly holder: ProcessEntry;
  /** How, e.g. `pid 991 has pts/17 as its terminal`. */
  readonly how: string;
  /** The kernel says so; else it is told by numbers that the kernel gives in a row. */
  readonly isSure: boolean;
}

/** Finds who holds the other end of an fd, in one snapshot. */
export type OtherEnds = (entry: FdEntry) => readonly OtherEnd[];

/** stdin, stdout, stderr: what a process inherits beyond these may be of another session. */
const mostStdio = 2;

/**
 * The ends in processes that came after the baseline: the slave of a PTY and the pipes that are their stdin, stdout or
 * stderr, the clients of TCP connections within the target, and the peers of Unix sockets that are their stdio.
 *
 * @param isNovel whether the process came after the baseline
 * @param before the last look of the baseline: a pipe or a terminal that was there ties nothing
 */
export function otherEndsIn(
  { processes }: Snapshot,
  isNovel: (key: string) => boolean,
  before: Snapshot | undefined,
): OtherEnds {
  const old = new Set(
    before?.processes.flatMap(({ fds }) => (fds ?? []).flatMap((fd) => sharedKey(fd) ?? [])),
  );
  const ends = new Map<string, OtherEnd[]>();
  for (const holder of processes.filter((entry) => isNovel(processKey(entry)))) {
    for (const entry of holder.fds ?? []) {
      const { key, ...how } = endOf(holder, entry) ?? {};
      if (key === undefined || old.has(key)) continue;
      const known = ends.get(key);
      const end = { holder, isSure: true, how: "", ...how };
      if (known) known.push(end);
      else ends.set(key, [end]);
    }
  }
  return (entry) => ends.get(otherKeyOf(entry) ?? "") ?? [];
}

interface KeyedEnd extends Pick<OtherEnd, "how" | "isSure"> {
  readonly key: string;
}

function endOf(holder: ProcessEntry, entry: FdEntry): KeyedEnd | undefined {
  const { socket, fd, target } = entry;
  const where = `fd ${fd} of pid ${holder.pid}`;
  const shared = sharedKey(entry);
  if (shared !== undefined) {
    const isSlave = entry.ptsNumber === undefined;
    return fd <= mostStdio && isSlave
      ? { key: shared, how: `${where} is ${target}`, isSure: true }
      : undefined;
  }
  if (!socket || socket.state === "LISTEN") return undefined;
  if (socket.protocol !== "unix") {
    const key = `tcp ${plain(socket.local)} ${plain(socket.peer)}`;
    return { key, how: `${where} is the other end of its connection`, isSure: true };
  }
  if (fd > mostStdio || socket.local !== "") return undefined;
  return { key: `unix ${socket.inode}`, how: `${where} is the socket made right after it`, isSure: false };
}

/** The key of the other end, seen from this one. */
function otherKeyOf(entry: FdEntry): string | undefined {
  const { socket } = entry;
  if (!socket) return sharedKey(entry);
  if (socket.protocol !== "unix") return `tcp ${plain(socket.peer)} ${plain(socket.local)}`;
  // socketpair(2) makes both at once, with inode numbers in a row, and a parent keeps the first of them.
  return socket.local === "" ? `unix ${socket.inode + 1}` : undefined;
}

/** What both ends of a pipe or a PTY have in common. */
function sharedKey({ target, ptsNumber }: FdEntry): string | undefined {
  if (target.startsWith("pipe:")) return target;
  const pts = ptsNumber ?? /^\/dev\/pts\/(\d+)/.exec(target)?.[1];
  return pts === undefined ? undefined : `pts ${pts}`;
}
