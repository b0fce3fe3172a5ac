import { commandOf } from "../judge/evidence.js";
import type { RunView } from "../judge/run-view.js";
import { occupantsAt } from "../judge/slots.js";
import type { Leftover } from "../model/leftover.js";
import { type FdEntry, type ProcessEntry, type ProcessIdentity, processKey } from "../model/resource.js";
import { otherEndsIn } from "./ends.js";

const longestCommand = 80;

/** What a leftover is, and is tied to: two of them that share a tag belong together. */
export type TagsOf = (leftover: Leftover) => readonly string[];

/** The tags of things at the end of the drain: processes, fds by who holds them and their number, PTYs by theirs. */
export function tagsAt(view: RunView): TagsOf {
  const look = view.drain.at(-1);
  const old = new Set(view.baseline.flatMap(({ processes }) => processes.map(processKey)));
  const isNovel = (key: string): boolean => !old.has(key);
  const ends = look ? otherEndsIn(look, isNovel, view.baseline.at(-1)) : () => [];
  const holders = new Map(look?.processes.map((entry) => [processKey(entry), entry]));
  const processTags = (identity: ProcessIdentity): string[] => {
    const key = processKey(identity);
    return isNovel(key) ? [`process ${key}`] : [];
  };
  const fdTags = (holder: ProcessIdentity, entry: FdEntry): string[] => [
    identityOf(holder, entry.fd),
    ...(entry.ptsNumber === undefined ? [] : [`pts ${entry.ptsNumber}`]),
    ...processTags(holder),
    ...ends(entry).flatMap(({ holder }) => processTags(holder)),
  ];
  return (leftover) => {
    if (leftover.kind === "fd") return fdTags(leftover.holder, leftover.entry);
    if (leftover.kind !== "pty") return processTags(leftover.entry);
    const { holder, fd, ptsNumber } = leftover.hold;
    const entry = holders.get(processKey(holder))?.fds?.find((entry) => entry.fd === fd);
    return [`pts ${ptsNumber}`, ...(entry ? fdTags(holder, entry) : processTags(holder))];
  };
}

/** One thing that two criteria count, such as the fd of a PTY, is one. */
export function distinct(left: readonly Leftover[]): Leftover[] {
  return [...new Map(left.map((leftover) => [thingOf(leftover), leftover])).values()];
}

/**
 * Without the masters that a process inherited: the child of a server that closes none before it starts a command has
 * those of all other sessions.
 */
export function ownThings(left: readonly Leftover[], view: RunView): Leftover[] {
  const last = view.drain.at(-1);
  const servants = last ? occupantsAt(view)(last) : view.oldHands;
  return left.filter(
    (leftover) =>
      leftover.kind !== "pty" ||
      leftover.hold.side === "slave" ||
      servants.has(processKey(leftover.hold.holder)),
  );
}

/** The same thing has the same identity, whichever criterion counts it: a PTY is held by an fd. */
function thingOf(leftover: Leftover): string {
  if (leftover.kind === "fd") return identityOf(leftover.holder, leftover.entry.fd);
  if (leftover.kind === "pty") return identityOf(leftover.hold.holder, leftover.hold.fd);
  return `process ${processKey(leftover.entry)}`;
}

function identityOf(holder: ProcessIdentity, fd: number): string {
  return `fd ${processKey(holder)}/${fd}`;
}

/** `pts/17`, `fd 43 → /dev/ptmx of pid 12`, `pid 991 goose run` */
export function nameOf(leftover: Leftover): string {
  if (leftover.kind === "pty") return `pts/${leftover.hold.ptsNumber}`;
  if (leftover.kind === "fd") {
    return `fd ${leftover.entry.fd} → ${targetOf(leftover.entry)} of pid ${leftover.holder.pid}`;
  }
  const zombie = leftover.kind === "zombie" ? "zombie " : "";
  return `${zombie}pid ${leftover.entry.pid} ${shortCommand(leftover.entry)}`;
}

function targetOf({ target, socket }: FdEntry): string {
  return socket && socket.protocol !== "unix" ? `${socket.state} from ${socket.peer}` : target;
}

function shortCommand(entry: ProcessEntry): string {
  const command = commandOf(entry);
  return command.length > longestCommand ? `${command.slice(0, longestCommand)}…` : command;
}
