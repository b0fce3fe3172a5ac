import type { FdEntry, ProcessEntry, SocketEntry } from "../../model/resource.js";
import type { Snapshot } from "../../model/snapshot.js";

/** The sockets of one look that stand for sessions. */
export interface Connections {
  /** Inodes of the sockets that were accepted and whose other end has not closed. */
  readonly open: ReadonlySet<number>;
  /** Whether the server accepted this one, whatever has become of it. */
  readonly isAccepted: (socket: SocketEntry) => boolean;
}

const known = new WeakMap<Snapshot, Connections>();

/** Which connections the target had accepted and held open at a look, by what it listens on. */
export function connectionsAt(look: Snapshot): Connections {
  const seen = known.get(look) ?? found(look);
  known.set(look, seen);
  return seen;
}

function found({ processes }: Snapshot): Connections {
  const sockets = processes.flatMap(socketsOf);
  const places = new Set(sockets.filter(({ state }) => state === "LISTEN").map(placeOf));
  const isAccepted = (socket: SocketEntry): boolean =>
    socket.state !== "LISTEN" && places.has(placeOf(socket));
  const open = sockets.filter((socket) => isAccepted(socket) && isOpen(socket));
  return { open: new Set(open.map(({ inode }) => inode)), isAccepted };
}

/** A process that did nothing has the same list at every look. */
const lists = new WeakMap<readonly FdEntry[], readonly SocketEntry[]>();

function socketsOf({ fds }: ProcessEntry): readonly SocketEntry[] {
  if (!Array.isArray(fds)) return [];
  const list: readonly FdEntry[] = fds;
  const seen = lists.get(list) ?? list.flatMap(({ socket }) => socket ?? []);
  lists.set(list, seen);
  return seen;
}

/** An accepted socket has the port, or the path, of what listens. */
function placeOf({ protocol, local }: SocketEntry): string {
  return protocol === "unix" ? `unix ${local}` : local.slice(local.lastIndexOf(":"));
}

function isOpen({ state }: SocketEntry): boolean {
  return state === "ESTABLISHED" || state === "CONNECTED" || state === "SYN_RECV";
}
