import { type FdEntry, fdKey, isZombie, type ProcessEntry, processKey } from "../../model/resource.js";
import type { Snapshot } from "../../model/snapshot.js";
import { fdKind, type HeldFd } from "../evidence.js";
import type { Held } from "../holdings.js";
import { occupantsAt } from "../slots.js";
import { type Connections, connectionsAt } from "./connections.js";
import type { WatchedView } from "./watched-view.js";

export type HeldFds = readonly Held<HeldFd>[];

/** The fds of the server's own processes, by what they stand for. */
export interface FdsOf {
  /** Open connections of sessions. */
  readonly sessions: (look: Snapshot) => HeldFds | undefined;
  /** All else: what sessions use beside, and what the server has for itself. */
  readonly others: (look: Snapshot) => HeldFds | undefined;
  /** The peer has closed, and the server has not. */
  readonly unclosed: (look: Snapshot) => HeldFds | undefined;
}

export function fdsOf(view: WatchedView): FdsOf {
  const occupants = occupantsAt(view);
  const all = (look: Snapshot): HeldFds | undefined => {
    const keys = occupants(look);
    const holders = look.processes.filter((entry) => keys.has(processKey(entry)) && !isZombie(entry));
    if (holders.length === 0 || holders.some(({ fds }) => !Array.isArray(fds))) return undefined;
    return holders.flatMap(heldBy);
  };
  const part = (isMeant: (entry: FdEntry, connections: Connections) => boolean) => (look: Snapshot) => {
    const connections = connectionsAt(look);
    return all(look)?.filter(({ item }) => isMeant(item.entry, connections));
  };
  return {
    sessions: part(isSession),
    others: part((entry, connections) => !isSession(entry, connections)),
    // One of a pool of the server's own may be closed by the other side, and wait for its next use.
    unclosed: part(
      ({ socket }, { isAccepted }) =>
        socket !== undefined && socket.state === "CLOSE_WAIT" && isAccepted(socket),
    ),
  };
}

export function isSession({ inode, socket }: FdEntry, { open }: Connections): boolean {
  return socket !== undefined && open.has(inode);
}

/** An idle process has the very same list in one look after the other: what was made of it is kept. */
const lists = new WeakMap<readonly FdEntry[], HeldFds>();

function heldBy(holder: ProcessEntry): HeldFds {
  const { fds = [] } = holder;
  const seen = lists.get(fds);
  const before = seen?.[0]?.item.holder;
  if (seen && before && processKey(before) === processKey(holder)) return seen;
  const held = fds.map((entry) => {
    const item = { holder, entry };
    return { key: fdKey(holder, entry), kind: fdKind(item), item };
  });
  lists.set(fds, held);
  return held;
}
