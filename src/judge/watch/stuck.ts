import type { ActiveRule } from "../criterion.js";
import type { Life, Lives } from "./lives.js";
import type { WatchedView } from "./watched-view.js";

/** Looks that a state which ends by itself may last. */
const mostLooks = 3;
const leastMs = 30_000;
/** Times the longest that ended while it was watched: a parent may reap only now and then. */
const slack = 2;
/** So many at once are no accident; fewer must have lasted for half of the watch. */
const crowd = 3;
const leastOldMs = 60_000;

/**
 * What is in a state that a sound server ends at once (a zombie, a connection whose peer has closed, …), and has been for
 * longer than any that was ended. It needs no statistics, and no load explains it.
 * @returns empty where that is not sure, or no more than is allowed
 */
export function stuckIn<T>(view: WatchedView, lives: Lives<T>, { allow }: ActiveRule): readonly Life<T>[] {
  const limit = limitMs(view, lives);
  const stuck = lives.alive.filter((life) => life.born !== undefined && ageMs(life) > limit);
  if (stuck.length <= allow) return [];
  const looks = new Set(stuck.map(({ born }) => born)).size;
  const old = Math.max(view.spanMs / 2, leastOldMs);
  return (stuck.length >= crowd && looks > 1) || stuck.some((life) => ageMs(life) > old) ? stuck : [];
}

function limitMs(view: WatchedView, { ended }: Lives<unknown>): number {
  const slotMs = view.spanMs / Math.max(1, view.batches.length);
  const start = view.baseline[0];
  // It may have been there since just after the look before its first, and until just before the look after its last.
  const longest = ended.reduce((most, { born, lastSeen }) => {
    const since = born?.atMs ?? start?.atMs ?? lastSeen.atMs;
    return Math.max(most, lastSeen.atMs - since + 2 * slotMs);
  }, 0);
  return Math.max(mostLooks * slotMs, leastMs, ended.length > 0 ? slack * longest : 0);
}

function ageMs({ born, lastSeen }: Life<unknown>): number {
  return lastSeen.atMs - (born?.atMs ?? lastSeen.atMs);
}
