import { attribute, type Ledger } from "./attribute.js";
import { fdLabel } from "../judge/evidence.js";
import { type RunView, viewOf } from "../judge/run-view.js";
import type { Leftover } from "../model/leftover.js";
import type { OriginGroup } from "../model/origin.js";
import type { RunRecord } from "../model/record.js";
import { type FdEntry, fdKey, isZombie, type ProcessEntry, processKey, ptyHolds } from "../model/resource.js";
import type { ProbeSample, Snapshot } from "../model/snapshot.js";
import type { CriterionId } from "../model/verdict.js";

/** Something that was left in the second pass. */
export interface Made {
  readonly criterion: CriterionId;
  /** As in a finding: `file descriptor /dev/ptmx`, `task Timeout`. */
  readonly resource: string;
  /** How many: 1 of a thing with an identity. */
  readonly count: number;
  /** What tells how much of it there is, for choosing: bytes for memory, else the count. */
  readonly weight: number;
  /** Undefined where nothing saw it made. */
  readonly group: OriginGroup | undefined;
  /** `node`, `go`, `strace`. */
  readonly by: string;
  /** Of the operation that left it; undefined where that is not known. */
  readonly flow?: string | undefined;
  readonly leftover?: Leftover | undefined;
}

/** What the second pass saw. */
export interface Seen {
  readonly view: RunView;
  readonly ledger: Ledger;
  readonly things: readonly Made[];
}

/** Everything that the second pass was left with, each joined with where it was made. */
export function seenIn(record: RunRecord): Seen {
  const view = viewOf(record);
  const [baseline, drain] = [view.baseline.at(-1), view.drain.at(-1)];
  if (!baseline || !drain) return { view, ledger: new Map(), things: [] };
  const origins = new Origins(drain);
  const leftovers = leftoversOf(view);
  const ledger = attribute(view, leftovers);
  const things = leftovers.map((leftover): Made => {
    const { group, by = "" } = origins.of(leftover) ?? {};
    const flow = ledger.get(leftover)?.operation.flow;
    return { ...named(leftover), count: 1, weight: 1, group, by, flow, leftover };
  });
  return { view, ledger, things: [...things, ...grown(baseline, drain)] };
}

/** The very same kind of thing, or else all that the criterion is about. */
export function like(criterion: CriterionId, resource: string, made: readonly Made[]): readonly Made[] {
  const theirs = made.filter((one) => isAbout(criterion, one));
  const same = theirs.filter((one) => one.resource === resource);
  return same.length > 0 ? same : theirs;
}

/** A PTY is held as a file descriptor. */
function isAbout(criterion: CriterionId, made: Made): boolean {
  return made.criterion === criterion || (criterion === "fds" && made.criterion === "ptys");
}

/** Not there at the baseline, and in every look after the drain. */
function leftoversOf({ baseline, batches, drain }: RunView): Leftover[] {
  const known = new Set(baseline.flatMap(keysIn));
  const always = drain.map((snapshot) => new Set(keysIn(snapshot)));
  const isLeft = (key: string): boolean => !known.has(key) && always.every((keys) => keys.has(key));
  const births = birthsIn(batches);
  const last = drain.at(-1)?.processes ?? [];
  const processes = last
    .filter((entry) => isLeft(processKey(entry)))
    .map((entry): Leftover => {
      return {
        kind: isZombie(entry) ? "zombie" : "process",
        entry,
        bornBatch: births.get(processKey(entry)),
      };
    });
  // What a process that was left holds is no second thing; but a PTY is one, whoever holds it.
  const isNews = (holder: ProcessEntry, entry: FdEntry): boolean =>
    isLeft(fdKey(holder, entry)) && (!isLeft(processKey(holder)) || isPty(holder, entry));
  const fds = last.flatMap((holder) =>
    (holder.fds ?? [])
      .filter((entry) => isNews(holder, entry))
      .map((entry): Leftover => ({ kind: "fd", holder, entry, bornBatch: births.get(fdKey(holder, entry)) })),
  );
  return [...processes, ...fds];
}

/** Of what is there at the last batch, the first of the unbroken row of batches that have it. */
function birthsIn(batches: readonly Snapshot[]): Map<string, number> {
  const births = new Map<string, number>();
  let row: ReadonlySet<string> | undefined;
  for (const snapshot of batches.toReversed()) {
    row = new Set(keysIn(snapshot).filter((key) => row?.has(key) ?? true));
    for (const key of row) births.set(key, snapshot.batch);
  }
  return births;
}

function keysIn({ processes }: Snapshot): string[] {
  return processes.flatMap((holder) => [
    processKey(holder),
    ...(holder.fds ?? []).map((entry) => fdKey(holder, entry)),
  ]);
}

function named(leftover: Leftover): Pick<Made, "criterion" | "resource"> {
  if (leftover.kind === "fd") {
    const criterion = isPty(leftover.holder, leftover.entry) ? "ptys" : "fds";
    return { criterion, resource: `file descriptor ${fdLabel(leftover)}` };
  }
  if (leftover.kind === "zombie") return { criterion: "zombies", resource: "zombie" };
  return { criterion: leftover.kind === "pty" ? "ptys" : "processes", resource: leftover.kind };
}

function isPty(holder: ProcessEntry, entry: FdEntry): boolean {
  return ptyHolds([{ ...holder, fds: [entry] }]).length > 0;
}

interface Found {
  readonly group: OriginGroup;
  readonly by: string;
}

/** What the probes of one look say of where things were made, by id. */
class Origins {
  readonly #fds = new Map<string, Found>();
  readonly #processes = new Map<number, Found>();
  readonly #parents: ReadonlyMap<number, number>;

  constructor({ probes, processes }: Snapshot) {
    this.#parents = new Map(processes.map(({ pid, ppid }) => [pid, ppid]));
    for (const sample of probes) this.#note(sample);
  }

  #note({ probe, pid, origins = [] }: ProbeSample): void {
    for (const group of origins) {
      const found = { group, by: probe };
      const holder = group.pid ?? pid;
      for (const id of group.ids ?? []) {
        if (group.kind === "fd") this.#fds.set(`${holder}/${id}`, found);
        if (group.kind === "process") this.#processes.set(id, found);
      }
    }
  }

  of(leftover: Leftover): Found | undefined {
    if (leftover.kind === "pty") return undefined;
    if (leftover.kind !== "fd") return this.#maker(leftover.entry);
    const { holder, entry } = leftover;
    return this.#fds.get(`${holder.pid}/${entry.fd}`) ?? this.#maker(holder);
  }

  /** The nearest of the process and its ancestors that was seen being started. */
  #maker({ pid }: Pick<ProcessEntry, "pid">): Found | undefined {
    const seen = new Set<number>();
    let next: number | undefined = pid;
    while (next !== undefined && !seen.has(next)) {
      const found = this.#processes.get(next);
      if (found) return found;
      seen.add(next);
      next = this.#parents.get(next);
    }
    return undefined;
  }
}

/** What is only counted: tasks and memory, by the groups that grew. */
function grown(baseline: Snapshot, drain: Snapshot): Made[] {
  const before = new Map(groupsIn(baseline).map(({ group }) => [keyOf(group), group]));
  return groupsIn(drain)
    .map((found) => grownThing(found, before.get(keyOf(found.group))))
    .filter(({ weight }) => weight > 0);
}

function grownThing({ group, by }: Found, old: OriginGroup | undefined): Made {
  const { kind, type = "" } = group;
  const count = group.count - (old?.count ?? 0);
  if (kind === "task")
    return { criterion: "tasks", resource: `task ${type}`, count, weight: count, group, by };
  const weight = kind === "memory" ? (group.bytes ?? 0) - (old?.bytes ?? 0) : 0;
  return { criterion: "memory", resource: "memory", count: Math.max(1, count), weight, group, by: "heap" };
}

function groupsIn({ probes }: Snapshot): Found[] {
  return probes.flatMap(({ probe, origins = [] }) => origins.map((group) => ({ group, by: probe })));
}

function keyOf({ kind, type, stack, retainedBy }: OriginGroup): string {
  return JSON.stringify([kind, type, stack.map(({ file, line, name }) => [file, line, name]), retainedBy]);
}
