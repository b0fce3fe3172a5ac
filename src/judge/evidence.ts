import type { FdEntry, ProcessEntry, ProcessIdentity, PtyHold } from "../model/resource.js";

/** An fd, and who holds it. */
export interface HeldFd {
  readonly holder: ProcessEntry;
  readonly entry: FdEntry;
}

const mostGroups = 8;
const mostExamples = 3;
const mostCounts = 12;

export interface Group<T> {
  readonly label: string;
  readonly items: readonly T[];
}

/** Largest group first. */
export function groupBy<T>(items: readonly T[], label: (item: T) => string): Group<T>[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = label(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return [...groups]
    .map(([label, items]) => ({ label, items }))
    .sort((a, b) => b.items.length - a.items.length || (a.label < b.label ? -1 : 1));
}

/** `/tmp/x (99), pipe (2)` */
export function listGroups<T>(groups: readonly Group<T>[], most: number = mostGroups): string {
  const shown = groups.slice(0, most).map(({ label, items }) => `${label} (${items.length})`);
  const more = groups.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more kinds`] : [])].join(", ");
}

/** One line per group, each with a few examples. */
export function groupLines<T>(groups: readonly Group<T>[], describe: (item: T) => string): string[] {
  return groups
    .slice(0, mostGroups)
    .flatMap(({ label, items }) => [
      `${label} (${items.length})`,
      ...items.slice(0, mostExamples).map((item) => `  ${describe(item)}`),
    ]);
}

/** `baseline 21 → 31 41 51 … 111 → drain 121`, with `…` for the points left out. */
export function countsLine(baseline: number, counts: readonly number[], end: number | undefined): string {
  const first = mostCounts / 2;
  const shown =
    counts.length <= mostCounts ? counts : [...counts.slice(0, first), "…", ...counts.slice(1 - first)];
  return [`baseline ${baseline}`, shown.join(" "), ...(end === undefined ? [] : [`drain ${end}`])].join(
    " → ",
  );
}

/** What kind of thing an fd is: what may stand in for it, as a rotated log does for the old one. */
export function fdKind({ entry }: HeldFd): string {
  if (entry.socket) return `socket ${entry.socket.protocol}`;
  const special = /^(socket|pipe):/.exec(entry.target)?.[1];
  return (
    special ??
    entry.target
      .replace(/ \(deleted\)$/, "")
      .replace(madeUp, "N")
      .replace(/\d+/g, "N")
  );
}

/** A name from random bytes, such as a UUID: each file has its own, and they are all of one kind. */
const madeUp = /\b[0-9a-f]{8,}(-[0-9a-f]{4,12})*\b/gi;

/** As the kind, with the state of a socket, which says who has not closed it. */
export function fdLabel(held: HeldFd): string {
  const { socket } = held.entry;
  return socket && socket.protocol !== "unix" ? `${fdKind(held)} ${socket.state}` : fdKind(held);
}

export function describeFd({ holder, entry }: HeldFd): string {
  const { socket } = entry;
  const ends = socket ? ` ${socket.state} ${socket.local} ← ${socket.peer}` : "";
  const pty = entry.ptsNumber === undefined ? "" : ` (master of pts/${entry.ptsNumber})`;
  return `pid ${holder.pid} fd ${entry.fd} ${entry.target}${ends}${pty}`;
}

export function describeProcess(entry: ProcessEntry): string {
  return `pid ${entry.pid} (${entry.state}) ${commandOf(entry)}, parent ${entry.ppid}`;
}

/** A zombie has no command line any more, but still its name. */
export function commandOf(entry: ProcessEntry): string {
  return entry.command === "" ? `[${entry.name}]` : entry.command;
}

export function describePty(hold: PtyHold): string {
  return `pts/${hold.ptsNumber} held by pid ${hold.holder.pid} fd ${hold.fd} (${hold.side})`;
}

export function describeIdentity({ pid, startTicks }: ProcessIdentity): string {
  return `pid ${pid} (started at tick ${startTicks})`;
}
