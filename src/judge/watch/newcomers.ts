import { gammaQuantile } from "../../stats/gamma-quantile.js";
import type { Life, Lives } from "./lives.js";
import type { WatchedView } from "./watched-view.js";

/** What came during the watch and was there at its end, the oldest first. */
export interface Newcomers<T> {
  readonly all: readonly Life<T>[];
  /** Older than half of the watch, less those that stand in for one of their kind that was there at the baseline. */
  readonly old: readonly Life<T>[];
}

const oldShare = 1 / 2;

export function newcomersOf<T>(view: WatchedView, { alive, ended }: Lives<T>): Newcomers<T> {
  const all = alive
    .filter(({ born }) => born !== undefined)
    .toSorted((a, b) => bornAt(a) - bornAt(b) || (a.key < b.key ? -1 : 1));
  const places = new Map<string, number>();
  for (const { kind, born } of ended) {
    if (born === undefined) places.set(kind, (places.get(kind) ?? 0) + 1);
  }
  const half = startOf(view) + oldShare * view.span;
  const old = all.filter((life) => bornAt(life) <= half && !fills(places, life.kind));
  return { all, old };
}

/** Takes the place of one that has gone, as a rotated log does. */
function fills(places: Map<string, number>, kind: string): boolean {
  const free = places.get(kind) ?? 0;
  places.set(kind, free - 1);
  return free > 0;
}

function startOf(view: WatchedView): number {
  return view.baseline.at(-1)?.operations ?? 0;
}

function bornAt({ born }: Life<unknown>): number {
  return born?.operations ?? 0;
}

/**
 * The rate above which a leak would have left more by now than there is. What leaks stays, so the first k + 1 of it have
 * come before the (k + 1)th of what is there; that many come within t with a chance that a Poisson process tells. The
 * best k is taken, and pays for the choice: 1 / ((k + 1)(k + 2)) of the chance to miss is its own.
 * @returns units per unit of the watch
 */
export function boundBySurvivors(view: WatchedView, all: readonly Life<unknown>[], power: number): number {
  const start = startOf(view);
  const times = [...all.map((life) => bornAt(life) - start), view.span].slice(0, mostTried);
  const bounds = times.map((time, k) => {
    const probability = (1 - power) / ((k + 1) * (k + 2));
    return time > 0 ? gammaQuantile(k + 1, { side: "above", probability }) / time : Number.POSITIVE_INFINITY;
  });
  return Math.min(Number.POSITIVE_INFINITY, ...bounds);
}

/** Past so many the next one adds next to nothing. */
const mostTried = 500;
