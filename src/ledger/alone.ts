import type { Operation } from "../model/operation.js";

/** Start times of processes come in clock ticks of 10 ms (USER_HZ), and the clocks are read one after the other. */
const slackMs = 40;

/** A server may start something when a session has ended, and take its time. */
const lingerMs = 500;

/** Tells which operation was the only one that can have been at work at an instant. */
export type Alone = (atMs: number) => Operation | undefined;

/**
 * Of an operation that has just ended the server may still be at work, so that it leaves a doubt; for sure only one that
 * runs is. O(n log n) to build, and O(log n) to ask: of all that started before, less all that ended before, one remains,
 * and so does its place in the list.
 */
export function aloneAmong(operations: readonly Operation[]): Alone {
  const starts = ranked(operations.map(({ startedAtMs }) => startedAtMs - slackMs));
  const ends = ranked(operations.map(({ endedAtMs }) => endedAtMs + lingerMs));
  return (atMs) => {
    const started = before(starts.times, atMs, true);
    const ended = before(ends.times, atMs, false);
    if (started - ended !== 1) return undefined;
    const only = operations[(starts.places[started] ?? 0) - (ends.places[ended] ?? 0)];
    return only && atMs <= only.endedAtMs + slackMs ? only : undefined;
  };
}

interface Ranked {
  readonly times: readonly number[];
  /** Sums of the first 0, 1, 2 … places in the list of operations. */
  readonly places: readonly number[];
}

function ranked(times: readonly number[]): Ranked {
  const order = times.map((atMs, place) => ({ atMs, place })).sort((a, b) => a.atMs - b.atMs);
  let sum = 0;
  return { times: order.map(({ atMs }) => atMs), places: [0, ...order.map(({ place }) => (sum += place))] };
}

/** How many of the times lie before the instant, or at it as well. Binary search. */
function before(times: readonly number[], atMs: number, orAt: boolean): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const time = times[middle] ?? 0;
    if (time < atMs || (orAt && time === atMs)) low = middle + 1;
    else high = middle;
  }
  return low;
}
