import { type Increment, sums } from "../../stats/increments.js";
import { median } from "../../stats/median.js";

/** A growth is called over when the silence after it would be this unlikely of one that goes on. */
const silenceAlpha = 0.0005;
/** A single step is one-off when at least this share of the run came after it. */
const quietAfterStep = 0.38;
/** Two steps may be two bursts of a leak: so many points must have stayed without a third. */
const pointsAfterTwo = 40;
/** Silence in less than this share of the usual time between two points says nothing: the next one was not due yet. */
const leastLength = 0.5;

/** What came after the last increment. */
export interface Silence {
  readonly isOver: boolean;
  /** Points, those that came too soon left out, and operations since the last increment. */
  readonly points: number;
  readonly operations: number;
  /** Increments that were not 0. */
  readonly events: number;
  /** The last one came in the first two points. */
  readonly isEarly: boolean;
}

/**
 * Whether the increments have stopped. Had they gone on as often as before, n points without one would
 * have the probability (1 - share)^n: the share over all of the growth, or over its last n points, whichever
 * is lower, since a pool fills more slowly at the end.
 */
export function silenceOf(increments: readonly Increment[]): Silence {
  const last = increments.findLastIndex(({ units }) => units > 0);
  const grown = increments.slice(0, last + 1);
  const after = increments.slice(last + 1);
  const usual = median(grown.map(lengthOf)) ?? 0;
  const points = after.filter((increment) => lengthOf(increment) >= leastLength * usual).length;
  const events = eventsIn(increments);
  const isEarly = last <= 1;
  const isLong = points >= quietAfterStep * increments.length;
  const recent = grown.slice(-Math.max(1, points));
  const often = Math.min(events / grown.length, eventsIn(recent) / recent.length);
  const isSilent = (1 - often) ** points < silenceAlpha;
  return {
    isOver:
      events === 1 || isEarly ? isLong : isSilent || (events === 2 && isLong && points >= pointsAfterTwo),
    points,
    operations: sums(after).length,
    events,
    isEarly,
  };
}

function lengthOf({ from, to }: Increment): number {
  return to - from;
}

export function eventsIn(increments: readonly Increment[]): number {
  return increments.filter(({ units }) => units > 0).length;
}
