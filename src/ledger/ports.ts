import type { RunView } from "../judge/run-view.js";
import type { FdEntry, ProcessEntry, SocketEntry } from "../model/resource.js";
import type { Operation } from "../model/operation.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Attribution } from "./attribute.js";
import type { Born } from "./births.js";

/** Whose connection a socket of the target is. */
export type Ports = (holder: ProcessEntry, entry: FdEntry, born: Born) => Attribution | undefined;

/**
 * The peer of the target's end is the local port of the driver's end. Ports are used again, so it takes more than that:
 *
 * - the target accepted the connection: its own end is at a port where it listens. An outgoing one has a port of its own
 *   there, and another server's at the other end.
 * - no other end is in the target itself: then it is not the driver's.
 * - the operation is of the batch in which the socket came. Its inode number was not there after the batch before.
 * - of two users of the port in that batch it is the last. While the target's end is in the kernel's table with both its
 *   addresses, a new connection between the same two cannot come about: the SYN is answered by the old end, the client's
 *   reset takes that out of the table, and only then does the SYN that is sent again open a new one. So whoever is in the
 *   table came last. That holds where the target listens at one address; at two, both users may have been at either.
 *   And it must be known who was last: the spans of the two must not overlap.
 *
 * Programs that the driver runs have ports of their own, which nobody notes, and so have processes of the target that
 * connect to it. One of them may have had the port in the same batch: where there are such, it is likely, not certain.
 */
export function portsOf(view: RunView, last: Snapshot): Ports {
  const users = usersOf(view.record.operations);
  const doors = doorsOf([...view.baseline.slice(-1), last]);
  const inside = innerEnds(last);
  const sureness = hasPrograms(view) || doors.haveInnerClients ? "likely" : "certain";
  return (holder, entry, born) => {
    const { socket } = entry;
    if (!socket || !isAccepted(socket, doors.ports) || inside.has(plain(socket.peer))) return undefined;
    const port = portOf(socket.peer);
    const inTime = (users.get(port) ?? []).filter(born.isDuring);
    const operation = lastOf(inTime, doors.isOne);
    const because = `its local port ${port} is the peer of fd ${entry.fd} of pid ${holder.pid}`;
    return operation && { operation, sureness, because };
  };
}

function usersOf(operations: readonly Operation[]): Map<number, Operation[]> {
  const users = new Map<number, Operation[]>();
  for (const operation of operations) {
    for (const port of new Set(operation.localPorts)) {
      const known = users.get(port);
      if (known) known.push(operation);
      else users.set(port, [operation]);
    }
  }
  return users;
}

function lastOf(users: readonly Operation[], isOneDoor: boolean): Operation | undefined {
  if (users.length < 2) return users[0];
  if (!isOneDoor) return undefined;
  const byEnd = users.toSorted((a, b) => a.endedAtMs - b.endedAtMs);
  const [before, last] = byEnd.slice(-2);
  return before && last && before.endedAtMs < last.startedAtMs ? last : undefined;
}

interface Doors {
  /** Where the target listens. */
  readonly ports: ReadonlySet<number>;
  /** All that it accepted came to one address. */
  readonly isOne: boolean;
  /** The target connects to itself. */
  readonly haveInnerClients: boolean;
}

function doorsOf(looks: readonly Snapshot[]): Doors {
  const sockets = looks.flatMap(({ processes }) => processes.flatMap(tcpOf));
  const ports = new Set(sockets.filter(({ state }) => state === "LISTEN").map(({ local }) => portOf(local)));
  const accepted = sockets.filter((socket) => isAccepted(socket, ports));
  const addresses = new Set(accepted.map(({ local }) => plain(local)));
  return {
    ports,
    isOne: ports.size === 1 && addresses.size === 1,
    haveInnerClients: sockets.some(
      ({ local, peer }) => addresses.has(plain(peer)) && !ports.has(portOf(local)),
    ),
  };
}

function tcpOf({ fds }: ProcessEntry): SocketEntry[] {
  return (fds ?? []).flatMap(({ socket }) => (socket && socket.protocol !== "unix" ? [socket] : []));
}

function isAccepted({ protocol, state, local }: SocketEntry, ports: ReadonlySet<number>): boolean {
  return protocol !== "unix" && state !== "LISTEN" && ports.has(portOf(local));
}

/** The target's own addresses. */
function innerEnds({ processes }: Snapshot): Set<string> {
  return new Set(processes.flatMap((entry) => tcpOf(entry).map(({ local }) => plain(local))));
}

function hasPrograms({ record }: RunView): boolean {
  return record.run.scenario.flows.some(({ steps }) =>
    steps.some(({ kind }) => kind === "exec" || kind === "spawn"),
  );
}

/** An IPv4 connection to a socket of IPv6 is the same at both ends. */
export function plain(address: string): string {
  const [, mapped] = /^\[::ffff:(\d+\.\d+\.\d+\.\d+)\](?=:)/.exec(address) ?? [];
  return mapped === undefined ? address : `${mapped}:${portOf(address)}`;
}

function portOf(address: string): number {
  return Number(/:(\d+)$/.exec(address)?.[1] ?? Number.NaN);
}
