import { readFileSync } from "node:fs";
import type { Buffers } from "./buffers.js";
import { type Files, identityOf } from "./files.js";
import type { Natives } from "./natives.js";
import type { Place } from "./places.js";
import { isActive, numberOf, type Resources } from "./resources.js";
import type { Takers } from "./takers.js";

export interface Traced {
  readonly resources: Resources;
  readonly files: Files;
  readonly natives: Natives;
  readonly buffers: Buffers;
  readonly takers: Takers;
}

/** Things of one kind and type that were made at one place. */
export interface PlacedGroup {
  readonly kind: "fd" | "process" | "task" | "memory";
  readonly type?: string | undefined;
  readonly place: Place;
  readonly ids: readonly number[];
  readonly count: number;
  readonly bytes: number;
}

interface Thing {
  readonly kind: PlacedGroup["kind"];
  readonly type?: string | undefined;
  readonly place: Place;
  readonly id?: number | undefined;
  readonly bytes?: number | undefined;
}

/** All that is held now and was noted. Only asks the process itself; what is dead is not told. */
export function groupsOf(traced: Traced): PlacedGroup[] {
  const groups = new Map<
    string,
    { -readonly [K in keyof PlacedGroup]: PlacedGroup[K] } & { ids: number[] }
  >();
  for (const thing of things(traced)) {
    const key = `${thing.kind} ${thing.type} ${thing.place.join()}`;
    const { kind, type, place } = thing;
    const group = groups.get(key) ?? { kind, type, place, ids: [], count: 0, bytes: 0 };
    groups.set(key, group);
    group.count += 1;
    group.bytes += thing.bytes ?? 0;
    if (thing.id !== undefined) group.ids.push(thing.id);
  }
  return [...groups.values()];
}

function* things(traced: Traced): Generator<Thing> {
  for (const { thing, type, place } of traced.resources) {
    if (isActive(thing)) yield { kind: "task", type, place: traced.takers.get(thing) ?? place };
  }
  for (const [id, place] of openFds(traced)) yield { kind: "fd", place, id };
  for (const [id, place] of children(traced)) yield { kind: "process", place, id };
  for (const { thing, type, place } of traced.buffers) {
    yield { kind: "memory", type, place, bytes: thing.byteLength };
  }
}

/** Input, output and errors were open before the program was. */
const lastStandardFd = 2;

/** Who opened a number comes before who made a handle of it, and that before native code, whose ends are not seen. */
function openFds({ resources, files, natives, takers }: Traced): Map<number, Place> {
  const fds = new Map<number, Place>();
  for (const [fd, place] of natives.fds) if (identityOf(fd) !== undefined) fds.set(fd, place);
  for (const { thing, place } of [...resources, ...files.handles]) {
    const fd = numberOf(thing, "fd");
    if (fd !== undefined && fd > lastStandardFd) fds.set(fd, takers.get(thing) ?? place);
  }
  for (const [fd, { place, identity }] of files.numbers) if (identityOf(fd) === identity) fds.set(fd, place);
  return fds;
}

function children({ resources, natives }: Traced): [number, Place][] {
  const pids = new Map(natives.pids);
  for (const { thing, place } of resources) {
    const pid = numberOf(thing, "pid");
    if (pid !== undefined) pids.set(pid, place);
  }
  return [...pids].filter(([pid]) => isChild(pid));
}

/** Field 4 of /proc/PID/stat, proc(5); the name before it may hold anything. */
function isChild(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] === String(process.pid);
  } catch {
    return false;
  }
}
