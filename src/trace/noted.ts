import type { Place } from "./places.js";

export interface Note<Thing extends object> {
  readonly ref: WeakRef<Thing>;
  readonly type: string;
  readonly place: Place;
}

const most = 200_000;
const leastSweep = 4096;

/**
 * Things that were made, each with its place, for as long as the program itself keeps them. Those that are gone are
 * swept away when as many have come as there were: no timer and no finalizer.
 */
export class Noted<Thing extends object> {
  readonly #notes = new Map<number, Note<Thing>>();
  readonly #ended: (thing: Thing) => boolean;
  #untilSweep = leastSweep;
  #dropped = 0;

  /** @param ended says that a thing, though still in memory, will not come back. */
  constructor(ended: (thing: Thing) => boolean) {
    this.#ended = ended;
  }

  add(id: number, thing: Thing, { type, place }: Pick<Note<Thing>, "type" | "place">): void {
    if (--this.#untilSweep <= 0) this.#sweep();
    if (this.#notes.size >= most) this.#dropped += 1;
    else this.#notes.set(id, { ref: new WeakRef(thing), type, place });
  }

  placeOf(id: number): Place | undefined {
    return this.#notes.get(id)?.place;
  }

  /** How many were not noted because there were too many. */
  get dropped(): number {
    return this.#dropped;
  }

  /** In the order in which they were made. */
  *[Symbol.iterator](): Generator<{ readonly thing: Thing; readonly type: string; readonly place: Place }> {
    for (const { ref, type, place } of this.#notes.values()) {
      const thing = ref.deref();
      if (thing !== undefined && !this.#ended(thing)) yield { thing, type, place };
    }
  }

  #sweep(): void {
    for (const [id, { ref }] of this.#notes) {
      const thing = ref.deref();
      if (thing === undefined || this.#ended(thing)) this.#notes.delete(id);
    }
    this.#untilSweep = Math.max(leastSweep, this.#notes.size);
  }
}
