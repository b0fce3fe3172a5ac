import type { Interval } from "./interval.js";

export interface Profile {
  /** Where the likelihood is highest, 0 or more. */
  readonly best: number;
  /** About as far as the interval goes. */
  readonly step: number;
  readonly isWithin: (value: number) => boolean;
}

const mostDoublings = 60;
const halvings = 16;

/** The ends of a set of values of 0 or more without gaps: bisection, outwards from one that is in it. */
export function profileEnds({ best, step, isWithin }: Profile): Interval {
  return { low: isWithin(0) ? 0 : lowEnd(best, isWithin), high: highEnd({ best, step, isWithin }) };
}

function lowEnd(best: number, isWithin: Profile["isWithin"]): number {
  let [out, within] = [0, best];
  for (let i = 0; i < halvings; i++) {
    const middle = (out + within) / 2;
    if (isWithin(middle)) within = middle;
    else out = middle;
  }
  return within;
}

function highEnd({ best, step, isWithin }: Profile): number {
  let [within, out] = [best, best + step];
  for (let i = 0; i < mostDoublings && isWithin(out); i++) [within, out] = [out, out + (out - best)];
  for (let i = 0; i < halvings; i++) {
    const middle = (within + out) / 2;
    if (isWithin(middle)) within = middle;
    else out = middle;
  }
  return out;
}
