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
    alive: census.alive,
    ended: census.ended,
  };
}

/** Of one that is there: what changes from look to look. */
interface Member<T> {
  held: Held<T>;
  readonly born: Snapshot | undefined;
  lastSeen: Snapshot;
}

/** Follows who is there from one look to the next. What stays costs nothing new: there are many looks. */
class Census<T> {
  readonly ended: Life<T>[] = [];
  readonly #members = new Map<string, Member<T>>();

  get alive(): Life<T>[] {
    return [...this.#members.values()].map(lifeOf);
  }

  /** @returns how many there are; nothing where that cannot be read */
  take(snapshot: Snapshot, look: Look<T>, born: Snapshot | undefined): number[] {
    const held = look(snapshot);
    if (!held) return [];
    for (const one of held) this.#see(one, born, snapshot);
    for (const [key, member] of this.#members) {
      if (member.lastSeen === snapshot) continue;
      this.#members.delete(key);
      this.ended.push(lifeOf(member));
    }
    return [held.length];
  }

  #see(held: Held<T>, born: Snapshot | undefined, lastSeen: Snapshot): void {
    const known = this.#members.get(held.key);
    if (known) {
      known.held = held;
      known.lastSeen = lastSeen;
    } else this.#members.set(held.key, { held, born, lastSeen });
  }
}

function lifeOf<T>({ held, born, lastSeen }: Member<T>): Life<T> {
  return { ...held, born, lastSeen };
}
