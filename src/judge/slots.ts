import { isZombie, type ProcessEntry, processKey } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";
import type { RunView } from "./run-view.js";

/** Who fills a place at one look; undefined = nobody. */
export type Occupant = ProcessEntry | undefined;

/**
 * A place in the tree that one process fills after the other: a worker that is restarted is still the
 * worker, and what it leaks is not told from its own series alone. One occupant for each look.
 */
export interface Slot {
  readonly baseline: readonly Occupant[];
  readonly batches: readonly Occupant[];
  readonly drain: readonly Occupant[];
}

/** Following every process through every look is done once for a record, whatever is measured then. */
const known = new WeakMap<RunView, readonly Slot[]>();

/**
 * The places that were filled at every look of the baseline, and after most of the batches. A process
 * takes a place when its last occupant has gone and both have the same command line, numbers aside:
 * a restarted worker may have another number or port. What comes and goes with a session has no place
 * here; it belongs to `processes`.
 */
export function slotsOf(view: RunView): readonly Slot[] {
  const slots = known.get(view) ?? findSlots(view);
  known.set(view, slots);
  return slots;
}

function findSlots(view: RunView): readonly Slot[] {
  const first = view.baseline[0]?.processes ?? [];
  const settled = first.filter((entry) => view.oldHands.has(processKey(entry)));
  const looks = [...view.baseline, ...view.batches, ...view.drain];
  const rows = follow(settled, looks);
  return settled.map((_, place) => slotOf(view, rows, place)).filter(isMostlyFilled);
}

function slotOf({ baseline, batches }: RunView, rows: readonly Row[], place: number): Slot {
  const column = rows.map((row) => row[place]);
  const loaded = baseline.length + batches.length;
  return {
    baseline: column.slice(0, baseline.length),
    batches: column.slice(baseline.length, loaded),
    drain: column.slice(loaded),
  };
}

function isMostlyFilled({ batches }: Slot): boolean {
  return batches.filter((occupant) => occupant !== undefined).length * 2 >= batches.length;
}

type Row = readonly Occupant[];

/** One row for each look: who fills each place. */
function follow(settled: readonly ProcessEntry[], looks: readonly Snapshot[]): Row[] {
  let last = settled;
  return looks.map(({ processes }) => {
    const row = rowOf(last, processes);
    last = last.map((before, place) => row[place] ?? before);
    return row;
  });
}

/** @param last who filled each place last, be it some looks ago */
function rowOf(last: readonly ProcessEntry[], processes: readonly ProcessEntry[]): Row {
  const alive = new Map(processes.filter((entry) => !isZombie(entry)).map((one) => [processKey(one), one]));
  const stayed = last.map((before) => alive.get(processKey(before)));
  for (const entry of stayed) if (entry) alive.delete(processKey(entry));
  const newcomers = youngestFirst([...alive.values()]);
  return stayed.map((entry, place) => entry ?? take(newcomers, last[place]));
}

/** Who came last took the place of who has gone. */
function youngestFirst(entries: readonly ProcessEntry[]): ProcessEntry[] {
  return [...entries].sort((a, b) => b.startTicks - a.startTicks || b.pid - a.pid);
}

function take(newcomers: ProcessEntry[], gone: Occupant): Occupant {
  const index = newcomers.findIndex((entry) => gone !== undefined && trade(entry) === trade(gone));
  return index < 0 ? undefined : newcomers.splice(index, 1)[0];
}

function trade({ name, command }: ProcessEntry): string {
  return (command === "" ? name : command).replace(/\d+/g, "N");
}
