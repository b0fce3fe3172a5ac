import type { ProcessEntry } from "../model/resource.js";
import type { Series, SeriesPoint } from "../model/series.js";
import type { Snapshot } from "../model/snapshot.js";
import { commandOf } from "./evidence.js";
import type { RunView } from "./run-view.js";
import { type Slot, slotsOf, type Stay } from "./slots.js";

/** What is measured of one process at one look; undefined = it could not be read. */
export type Measure = (entry: ProcessEntry, snapshot: Snapshot) => number | undefined;

/** A quantity of one place in the tree (or of the whole tree) over the looks. What could not be read is left out. */
export interface LevelSlot extends Pick<Series, "baseline" | "points" | "drain"> {
  /** `pid 4127 node server.js`, `pid 4127, then 4130, node worker.js`, or `the whole tree`. */
  readonly of: string;
  /**
   * Indices of the points at which another process had taken the place since the point before;
   * `points.length` when that happened after the last of them, before the drain's looks.
   */
  readonly restarts: readonly number[];
}

export interface LevelSlots {
  /** One for each place that could be read at the baseline. */
  readonly slots: readonly LevelSlot[];
  /** Their sum, at the looks at which all of them could be read; undefined when there are fewer than two. */
  readonly tree: LevelSlot | undefined;
}

const wholeTree = "the whole tree";

/**
 * Any measure, per place of the tree and for the sum: so that the growth of one worker is not hidden
 * by the shrinking of another, a flat launcher, or a restart.
 */
export function levelSlots(view: RunView, measure: Measure): LevelSlots {
  const courses = slotsOf(view)
    .map((slot) => courseOf(view, slot, measure))
    .filter(({ baseline }) => baseline.some(isRead));
  const tree = courses.length < 2 ? undefined : sumOf(courses);
  return { slots: courses.map((course) => thread(view, course)), tree: tree && thread(view, tree) };
}

/** One value for each look, and who it was read of. */
interface Course {
  readonly of: string;
  readonly baseline: readonly Sight[];
  readonly batches: readonly Sight[];
  readonly drain: readonly Sight[];
}

interface Sight {
  readonly value: number | undefined;
  /** Of the occupant; of several their sum, which changes when any of them does, since no life goes back. */
  readonly life: number;
}

function isRead({ value }: Sight): boolean {
  return value !== undefined;
}

function courseOf(view: RunView, slot: Slot, measure: Measure): Course {
  const see = (looks: readonly Snapshot[], stay: Stay): Sight[] =>
    looks.map((snapshot, index) => sightOf(snapshot, stay[index], measure));
  return {
    of: nameOf(slot),
    baseline: see(view.baseline, slot.baseline),
    batches: see(view.batches, slot.batches),
    drain: see(view.drain, slot.drain),
  };
}

/** A number that is none (NaN, null in a record) was not read. */
function sightOf(snapshot: Snapshot, occupant: Stay[number], measure: Measure): Sight {
  const value = occupant && measure(occupant.entry, snapshot);
  return { value: Number.isFinite(value) ? value : undefined, life: occupant?.life ?? 0 };
}

function nameOf({ baseline, batches, drain }: Slot): string {
  const entries = [...baseline, ...batches, ...drain].flatMap((occupant) => occupant?.entry ?? []);
  const pids = [...new Set(entries.map(({ pid }) => pid))];
  const [first] = entries;
  const command = first ? commandOf(first) : "";
  if (pids.length <= 1) return `pid ${pids.join("")} ${command}`;
  const others = pids.length === 2 ? `${pids[1]}` : `${pids.length - 1} others`;
  return `pid ${pids[0]}, then ${others}, ${command}`;
}

function sumOf(courses: readonly Course[]): Course {
  const add = (part: (course: Course) => readonly Sight[]): Sight[] => {
    const [first = []] = courses.map(part);
    return first.map((_, index) => total(courses.map((course) => part(course)[index])));
  };
  return {
    of: wholeTree,
    baseline: add(({ baseline }) => baseline),
    batches: add(({ batches }) => batches),
    drain: add(({ drain }) => drain),
  };
}

/** One that is missing makes the sum unknown, never smaller. */
function total(sights: readonly (Sight | undefined)[]): Sight {
  let [value, life]: [number | undefined, number] = [0, 0];
  for (const sight of sights) {
    value = value === undefined || sight?.value === undefined ? undefined : value + sight.value;
    life += sight?.life ?? 0;
  }
  return { value, life };
}

/** Leaves out what was not read, and marks where another process took over. */
function thread(view: RunView, { of, baseline, batches, drain }: Course): LevelSlot {
  const points: SeriesPoint[] = [];
  const restarts: number[] = [];
  const startMs = view.baseline.at(-1)?.atMs ?? 0;
  let life = baseline.findLast(isRead)?.life;
  for (const [index, sight] of batches.entries()) {
    const snapshot = view.batches[index];
    if (!snapshot || sight.value === undefined) continue;
    if (sight.life !== life) restarts.push(points.length);
    life = sight.life;
    points.push({ operations: snapshot.operations, atMs: snapshot.atMs - startMs, value: sight.value });
  }
  const after = drain.filter(isRead);
  if (after.some((sight) => sight.life !== life)) restarts.push(points.length);
  return { of, baseline: valuesOf(baseline), points, drain: valuesOf(after), restarts };
}

function valuesOf(sights: readonly Sight[]): number[] {
  return sights.flatMap(({ value }) => value ?? []);
}
