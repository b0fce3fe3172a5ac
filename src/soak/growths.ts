import type { TickLine } from "../model/record.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Growth } from "../model/watching.js";
import { type GrowthPoint, growthOf } from "./growth.js";
import { amountOf, grownKinds } from "./grown-kinds.js";

/** Seconds of ticks that show more than noise. */
const fewestTicks = 30;
/** For the live lines, days need not be kept second by second. */
const mostPoints = 2000;

/** What the ticks tell of, once a second; the looks tell of all but memory, which they read in another way. */
const ofTick: Readonly<Partial<Record<Growth["what"], (tick: TickLine) => number | undefined>>> = {
  fds: ({ fds }) => fds,
  processes: ({ processes }) => processes,
  memory: ({ rssBytes }) => rssBytes,
};
const resources: readonly Growth["what"][] = ["fds", "processes", "threads", "memory", "zombies", "ptys"];

/** Something to say of a resource: that it grows, or that it does so no longer. */
export type News = { readonly grows: Growth } | { readonly ended: Growth };

/**
 * Says what grows while a watch goes on: when that is first seen, again whenever the time has doubled, and when it is
 * over. It is for whoever looks on; the verdicts come from the judge at the end.
 */
export class Growths {
  readonly #points = new Map<Growth["what"], GrowthPoint[]>();
  readonly #told = new Map<Growth["what"], Growth>();
  /** Of those that were told: what is over, and was told to be. */
  readonly #over = new Set<Growth["what"]>();
  #first: Snapshot | undefined;

  ticked(tick: TickLine): void {
    for (const what of resources) {
      const value = ofTick[what]?.(tick);
      if (value !== undefined) this.#add(what, { atMs: tick.atMs, value });
    }
  }

  /** @returns what is news since the last look. */
  looked(snapshot: Snapshot): News[] {
    this.#first ??= snapshot;
    for (const what of resources) {
      if (what !== "memory") this.#add(what, { atMs: snapshot.atMs, value: amountOf(what, snapshot) });
    }
    return resources.flatMap((what) => this.#newsOf(what, snapshot) ?? []);
  }

  #newsOf(what: Growth["what"], snapshot: Snapshot): News | undefined {
    const growth = this.#growthOf(what, snapshot);
    const told = this.#told.get(what);
    if (!growth) {
      if (!told || this.#over.has(what)) return undefined;
      this.#over.add(what);
      return { ended: { ...told, to: this.#points.get(what)?.at(-1)?.value ?? told.to } };
    }
    // What stops and goes is told no more often than what goes on.
    if (told && growth.overMs < 2 * told.overMs) return undefined;
    this.#over.delete(what);
    this.#told.set(what, growth);
    return { grows: growth };
  }

  #growthOf(what: Growth["what"], snapshot: Snapshot): Growth | undefined {
    const points = this.#points.get(what) ?? [];
    if (what in ofTick && points.length < fewestTicks) return undefined;
    const unit = what === "memory" ? "bytes" : "count";
    const growth = growthOf(points, unit);
    return growth && { what, unit, ...growth, kinds: grownKinds(what, this.#first ?? snapshot, snapshot) };
  }

  #add(what: Growth["what"], point: GrowthPoint): void {
    const points = this.#points.get(what) ?? [];
    points.push(point);
    // Of two neighbours the lower one stays: the floors are what is looked at.
    const kept = points.length > mostPoints ? thinned(points) : points;
    this.#points.set(what, kept);
  }
}

function thinned(points: readonly GrowthPoint[]): GrowthPoint[] {
  return points.flatMap((point, index) => {
    const next = points[index + 1];
    if (index % 2 === 1) return [];
    return next && next.value < point.value ? [next] : [point];
  });
}
