import { isZombie, type ProcessEntry, type ProcessIdentity, processKey } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";
import type { RunView } from "./run-view.js";

/** Who fills a place at one look. */
export interface Occupant {
  readonly entry: ProcessEntry;
  /** 0 for the process of the baseline, 1 for the one that took its place, 2 … */
  readonly life: number;
}

/** One for each look, in order; undefined = the place was empty. */
export type Stay = readonly (Occupant | undefined)[];

/**
 * A place in the tree that one process fills after the other: a worker that is restarted is still the
 * worker, and what it leaks cannot be told from the series of one process alone.
 */
export interface Slot {
  readonly baseline: Stay;
  readonly batches: Stay;
  readonly drain: Stay;
}

const msPerTick = 10;

/** Following every process through every look is done once for a record, whatever is measured then. */
const known = new WeakMap<RunView, readonly Slot[]>();

/**
 * The places that were filled at every look of the baseline, and after most of the batches. A process
 * takes a place when its last occupant has gone and both have the same command line, numbers aside:
 * a restarted worker may have another number or port. What comes and goes with a session has no place
 * here, be it long after it; it belongs to `processes`.
 */
export function slotsOf(view: RunView): readonly Slot[] {
  const slots = known.get(view) ?? findSlots(view);
  known.set(view, slots);
  return slots;
}

function findSlots(view: RunView): readonly Slot[] {
  const first = view.baseline[0]?.processes ?? [];
  const settled = first.filter((entry) => view.oldHands.has(processKey(entry)));
  const rows = follow(settled, [...view.baseline, ...view.batches, ...view.drain]);
  const slots = settled.map((_, place) => slotOf(view, rows, place)).filter(isLasting);
  return slots.filter((slot) => !isPassing(view, slot));
}

/**
 * First filled by what came with the load, and empty after the drain: the agent of a session that the server gives up
 * later. Agents of one kind take its place batch after batch, so that it looks like a worker until then. A worker that
 * was there before the load keeps its place, gone or not: what was lost of it is not known.
 */
function isPassing({ record, drain }: RunView, slot: Slot): boolean {
  const { bootMs } = record.run.system;
  const [first] = slot.baseline;
  if (bootMs === undefined || record.started === undefined || first === undefined) return false;
  const bornMs = bootMs + first.entry.startTicks * msPerTick;
  return drain.length > 0 && bornMs > record.started.atMs && slot.drain.every((seen) => seen === undefined);
}

function slotOf({ baseline, batches }: RunView, rows: readonly Stay[], place: number): Slot {
  const column = rows.map((row) => row[place]);
  const loaded = baseline.length + batches.length;
  return {
    baseline: column.slice(0, baseline.length),
    batches: column.slice(baseline.length, loaded),
    drain: column.slice(loaded),
  };
}

/** Filled after most of the batches, and not by another process after most of them: that is an agent of a session. */
function isLasting({ batches }: Slot): boolean {
  const lives = batches.flatMap((occupant) => occupant?.life ?? []);
  const changes = lives.at(-1) ?? 0;
  return lives.length * 2 >= batches.length && (changes === 0 || changes * 2 < lives.length);
}

/** One row for each look: who fills each place. */
function follow(settled: readonly ProcessEntry[], looks: readonly Snapshot[]): Stay[] {
  let last: readonly Occupant[] = settled.map((entry) => ({ entry, life: 0 }));
  return looks.map(({ processes }) => {
    const row = rowOf(last, processes);
    last = last.map((before, place) => row[place] ?? before);
    return row;
  });
}

/** @param last who filled each place last, be it some looks ago */
function rowOf(last: readonly Occupant[], processes: readonly ProcessEntry[]): Stay {
  const alive = new Map(processes.filter((entry) => !isZombie(entry)).map((entry) => [entry.pid, entry]));
  const stayed = last.map(({ entry }) => sameOf(entry, alive.get(entry.pid)));
  for (const entry of stayed) if (entry) alive.delete(entry.pid);
  const newcomers = stayed.includes(undefined) ? youngestFirst([...alive.values()]) : [];
  return last.map((before, place) => {
    const entry = stayed[place];
    return entry ? { entry, life: before.life } : successor(before, newcomers);
  });
}

function sameOf({ startTicks }: ProcessIdentity, entry: ProcessEntry | undefined): ProcessEntry | undefined {
  return entry?.startTicks === startTicks ? entry : undefined;
}

/** Who came last took the place of who has gone. */
function youngestFirst(entries: readonly ProcessEntry[]): ProcessEntry[] {
  return [...entries].sort((a, b) => b.startTicks - a.startTicks || b.pid - a.pid);
}

function successor({ entry: gone, life }: Occupant, newcomers: ProcessEntry[]): Occupant | undefined {
  const index = newcomers.findIndex((entry) => trade(entry) === trade(gone));
  const [entry] = index < 0 ? [] : newcomers.splice(index, 1);
  return entry && { entry, life: life + 1 };
}

/** By what one process is known to do the work of another: its command line, numbers aside. */
export function trade({ name, command }: Pick<ProcessEntry, "name" | "command">): string {
  return (command === "" ? name : command).replace(/\d+/g, "N");
}

/** Which processes filled the places at a look: those of the baseline, and those that took over from them. */
export function occupantsAt(view: RunView): (snapshot: Snapshot) => ReadonlySet<string> {
  const looks = [...view.baseline, ...view.batches, ...view.drain];
  const stays = slotsOf(view).map(({ baseline, batches, drain }) => [...baseline, ...batches, ...drain]);
  const keys = new Map(
    looks.map((look, index) => [look, new Set(stays.flatMap((stay) => keyOf(stay[index])))] as const),
  );
  return (snapshot) => keys.get(snapshot) ?? view.oldHands;
}

function keyOf(occupant: Occupant | undefined): string[] {
  return occupant ? [processKey(occupant.entry)] : [];
}
