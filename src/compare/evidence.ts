import type { Rate } from "../model/verdict.js";
import type { Dispersion } from "./dispersion.js";

/** What two sets of runs say of the rates of one resource. Rates are per operation. */
export interface Evidence {
  /** With 95% intervals. */
  readonly before: Rate;
  readonly after: Rate;
  readonly difference: Rate;
  readonly dispersion: Dispersion;
  /** One-sided: the chance of what was seen, or more, where there is no rise. */
  readonly riseChance: () => number;
  /** The same for what was seen, or less. */
  readonly fallChance: () => number;
  /** The least chance that so many units could have come to, however they fell on the builds. */
  readonly leastChance: number;
  /**
   * The smallest true rise that would have been told from none, with a probability of 95%, where the build before is as
   * it was seen to be.
   */
  readonly detectable: (alpha: number) => number;
  /** So many times as many runs, alike, have a difference of none told from this rise. */
  readonly timesNeeded: (rise: number) => number;
  /** The build after does leak, by itself: what only fills or comes to rest is none. */
  readonly leaks: boolean;
}

export const intervalTail = 0.025;
export const seenWith = 0.95;
