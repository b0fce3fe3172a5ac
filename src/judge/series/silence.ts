import { type Increment, sums } from "../../stats/increments.js";

/** A growth is called over when the silence after it would be this unlikely of one that goes on. */
const silenceAlpha = 0.0005;
/** A single step is one-off when at least this share of the run came after it. */
const quietAfterStep = 0.38;
/** Two steps may be two bursts of a leak: so many points must have stayed without a third. */
const pointsAfterTwo = 40;

/** What came after the last increment. */
export interface Silence {
  readonly isOver: boolean;
  /** Points, and operations, since the last increment. */
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
  const points = increments.length - 1 - last;
  const events = eventsIn(increments);
  const isEarly = last <= 1;
  const isLong = points >= quietAfterStep * increments.length;
  const grown = increments.slice(0, last + 1);
  const recent = grown.slice(-Math.max(1, points));
  const often = Math.min(events / grown.length, eventsIn(recent) / recent.length);
  const isSilent = (1 - often) ** points < silenceAlpha;
  return {
    isOver:
      events === 1 || isEarly ? isLong : isSilent || (events === 2 && isLong && points >= pointsAfterTwo),
    points,
    operations: sums(increments.slice(last + 1)).length,
    events,
    isEarly,
  };
}

export function eventsIn(increments: readonly Increment[]): number {
  return increments.filter(({ units }) => units > 0).length;
}
