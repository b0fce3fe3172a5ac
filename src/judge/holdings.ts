import type { Snapshot } from "../model/snapshot.js";
import type { RunView } from "./run-view.js";

/** One thing held. Two of a kind can stand in for each other, as a rotated log file does for the old one. */
export interface Held<T> {
  readonly key: string;
  readonly kind: string;
  readonly item: T;
}

/** What is held in a snapshot; undefined where that could not be read. */
export type Look<T> = (snapshot: Snapshot) => readonly Held<T>[] | undefined;

export interface Survivor<T> extends Held<T> {
  /** Number of the batch since which it has been there; undefined = it came during the drain. */
  readonly bornBatch: number | undefined;
  /** It fills the place of a member of the same kind that has gone since the baseline. */
  readonly standsIn: boolean;
}

/** How the members of one set came and went. */
export interface Holdings<T> {
  /** Members at the baseline, the lowest of the looks. */
  readonly baseline: number;
  readonly points: readonly HoldingPoint[];
  /** Members after the drain, the lowest of the looks. */
  readonly end: number | undefined;
  /** Not there at the baseline, and in every look after the drain. */
  readonly survivors: readonly Survivor<T>[];
}

export interface HoldingPoint {
  readonly batch: number;
  readonly operations: number;
  readonly size: number;
  /** Members that were not there at the baseline. */
  readonly novel: number;
}

/** @returns undefined when the baseline or the drain cannot be read. */
export function holdingsOf<T>(view: RunView, look: Look<T>): Holdings<T> | undefined {
  const baseline = readable(view.baseline, look);
  const drain = readable(view.drain, look);
  const batches = readable(view.batches, look);
  if (baseline.length === 0 || (drain.length === 0 && view.drain.length > 0)) return undefined;
  const known = new Set(baseline.flatMap(({ held }) => held.map(({ key }) => key)));
  const standsIn = placesOf(vanished(baseline, drain));
  const survivors = survivorsOf(drain, known);
  const births = birthsOf(survivors, batches);
  return {
    baseline: Math.min(...baseline.map(({ held }) => held.length)),
    points: batches.map(({ snapshot, held }) => ({
      batch: snapshot.batch,
      operations: snapshot.operations,
      size: held.length,
      novel: held.filter(({ key }) => !known.has(key)).length,
    })),
    end: drain.length === 0 ? undefined : Math.min(...drain.map(({ held }) => held.length)),
    survivors: survivors.map((held) => ({
      ...held,
      bornBatch: births.get(held.key),
      standsIn: standsIn(held.kind),
    })),
  };
}

interface Sight<T> {
  readonly snapshot: Snapshot;
  readonly held: readonly Held<T>[];
}

function readable<T>(snapshots: readonly Snapshot[], look: Look<T>): Sight<T>[] {
  return snapshots.flatMap((snapshot) => {
    const held = look(snapshot);
    return held ? [{ snapshot, held }] : [];
  });
}

function keysOf({ held }: Sight<unknown>): Set<string> {
  return new Set(held.map(({ key }) => key));
}

function survivorsOf<T>(drain: readonly Sight<T>[], known: ReadonlySet<string>): Held<T>[] {
  const last = drain.at(-1)?.held ?? [];
  const looks = drain.map(keysOf);
  return last.filter(({ key }) => !known.has(key) && looks.every((keys) => keys.has(key)));
}

/** For each survivor the first of the unbroken row of batches, up to the last, that hold it. */
function birthsOf(
  survivors: readonly Held<unknown>[],
  batches: readonly Sight<unknown>[],
): Map<string, number> {
  const births = new Map<string, number>();
  let row = new Set(survivors.map(({ key }) => key));
  for (const { snapshot, held } of batches.toReversed()) {
    row = new Set(held.flatMap(({ key }) => (row.has(key) ? [key] : [])));
    if (row.size === 0) break;
    for (const key of row) births.set(key, snapshot.batch);
  }
  return births;
}

/** What was there in every look of the baseline and is gone in the last look after the drain. */
function vanished<T>(baseline: readonly Sight<T>[], drain: readonly Sight<T>[]): Held<T>[] {
  const last = drain.at(-1);
  if (!last) return [];
  const looks = baseline.map(keysOf);
  const left = keysOf(last);
  const steady = baseline[0]?.held.filter(({ key }) => looks.every((keys) => keys.has(key))) ?? [];
  return steady.filter(({ key }) => !left.has(key));
}

/** Gives each place that was left to one of its kind. */
function placesOf(gone: readonly Held<unknown>[]): (kind: string) => boolean {
  const places = new Map<string, number>();
  for (const { kind } of gone) places.set(kind, (places.get(kind) ?? 0) + 1);
  return (kind) => {
    const free = places.get(kind) ?? 0;
    places.set(kind, free - 1);
    return free > 0;
  };
}

/** For each survivor the operations that had ended when it was first there. */
export function birthOperations({ points, survivors }: Holdings<unknown>): (number | undefined)[] {
  const operations = new Map(points.map((point) => [point.batch, point.operations]));
  return survivors.map(({ bornBatch }) => (bornBatch === undefined ? undefined : operations.get(bornBatch)));
}
