import type { Interval } from "./interval.js";

export interface Profile {
  /** Where the likelihood is highest, 0 or more. */
  readonly best: number;
  /** About as far as the interval goes. */
  readonly step: number;
  /** How far the ends are from the best, in standard errors. */
  readonly reach: number;
  /** How far a value is from the best, in standard errors: the root of what twice the log likelihood falls by. */
  readonly distance: (value: number) => number;
}

const mostDoublings = 60;
const mostSteps = 30;
/** Of the reach. */
const closeEnough = 1e-3;

/** The ends of the values that are within the reach. */
export function profileEnds(profile: Profile): Interval {
  return { low: lowEnd(profile), high: highEnd(profile) };
}

function lowEnd(profile: Profile): number {
  const { best, reach, distance } = profile;
  const atZero = distance(0);
  return atZero <= reach
    ? 0
    : crossing(profile, { value: best, gap: -reach }, { value: 0, gap: atZero - reach });
}

function highEnd(profile: Profile): number {
  const { best, step, reach, distance } = profile;
  let within: Side = { value: best, gap: -reach };
  let [value, doubled] = [best + step, 0];
  for (; doubled < mostDoublings; doubled++) {
    const gap = distance(value) - reach;
    if (gap > 0) return crossing(profile, within, { value, gap });
    within = { value, gap };
    value += value - best;
  }
  return value;
}

interface Side {
  readonly value: number;
  /** Of the distance to the reach: below 0 within, above 0 outside, maybe Infinity. */
  readonly gap: number;
}

/**
 * Where the distance is the reach, by false position with halved weights: the distance is nearly a straight line.
 * Source: M. Dowell, P. Jarratt, BIT 11 (1971) 168–174 (the Illinois method).
 */
function crossing({ reach, distance }: Profile, within: Side, outside: Side): number {
  let [inner, outer] = [within, outside];
  let before = 0;
  for (let step = 0; step < mostSteps; step++) {
    const value = Number.isFinite(outer.gap)
      ? inner.value + ((outer.value - inner.value) * -inner.gap) / (outer.gap - inner.gap)
      : (inner.value + outer.value) / 2;
    const gap = distance(value) - reach;
    if (Math.abs(gap) < closeEnough * reach) return value;
    const side = Math.sign(gap);
    const weight = side === before ? 0.5 : 1;
    if (side < 0)
      [inner, outer] = [
        { value, gap },
        { ...outer, gap: outer.gap * weight },
      ];
    else
      [inner, outer] = [
        { ...inner, gap: inner.gap * weight },
        { value, gap },
      ];
    before = side;
  }
  return (inner.value + outer.value) / 2;
}
