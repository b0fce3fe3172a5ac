import type { Snapshot } from "../../model/snapshot.js";
import type { Held, Look } from "../holdings.js";
import type { WatchedView } from "./watched-view.js";

/** How long one thing was there, as far as it was watched. */
export interface Life<T> extends Held<T> {
  /** The look at which it was first seen; undefined = it was there at the baseline already. */
  readonly born: Snapshot | undefined;
  /** The last look at which it was there. */
  readonly lastSeen: Snapshot;
}

/** The lives of the members of one set. Of things without an identity of their own a quick successor is the same one. */
export interface Lives<T> {
  /** Members at the baseline, the lowest of the looks. */
  readonly baseline: number;
  /** Members at each later look that could be read. */
  readonly sizes: readonly number[];
  /** There at the last look. */
  readonly alive: readonly Life<T>[];
  /** Given back while it was watched. */
  readonly ended: readonly Life<T>[];
}

/** @returns undefined where the baseline cannot be read, or nothing after it */
export function livesOf<T>(view: WatchedView, look: Look<T>): Lives<T> | undefined {
  const census = new Census<T>();
  const before = view.baseline.flatMap((snapshot) => census.take(snapshot, look, undefined));
  const sizes = view.batches.flatMap((snapshot) => census.take(snapshot, look, snapshot));
  if (before.length === 0 || sizes.length === 0) return undefined;
  return {
    baseline: Math.min(...before),
    sizes,
    alive: [...census.alive.values()],
    ended: census.ended,
  };
}

/** Follows who is there from one look to the next. */
class Census<T> {
  alive: ReadonlyMap<string, Life<T>> = new Map();
  readonly ended: Life<T>[] = [];

  /** @returns how many there are; nothing where that cannot be read */
  take(snapshot: Snapshot, look: Look<T>, born: Snapshot | undefined): number[] {
    const held = look(snapshot);
    if (!held) return [];
    const now = new Map<string, Life<T>>();
    for (const one of held) {
      const known = this.alive.get(one.key);
      now.set(one.key, { ...one, born: known ? known.born : born, lastSeen: snapshot });
    }
    for (const [key, life] of this.alive) if (!now.has(key)) this.ended.push(life);
    this.alive = now;
    return [held.length];
  }
}
