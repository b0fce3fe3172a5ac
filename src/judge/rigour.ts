import type { Rigour } from "../model/series.js";

/** The chance that a whole run fails a healthy target. */
export const runAlpha = 0.001;
/** The chance of seeing a leak of the rate that a pass states. */
export const defaultPower = 0.95;

/** What a judgement has to share the run's chance to be wrong with. */
export interface Share {
  /** How many series the run judges. */
  readonly series: number;
  /** Which look at the run this is: 1, 2, 3 … */
  readonly look: number;
}

/**
 * How sure one judgement has to be. The series share the run's chance evenly (Bonferroni); look k takes
 * 1 / (k · (k + 1)) of it, which over any number of looks sums up to less than 1.
 */
export function rigourFor({ series, look }: Share): Rigour {
  return {
    alpha: runAlpha / series / (look * (look + 1)),
    power: defaultPower,
    detectPerOperation: undefined,
  };
}
