import type { Interval } from "../stats/interval.js";
import type { Source } from "./sources.js";

/** What is known of the rate of each source, by its index. */
export interface Solution {
  readonly rate: (source: number) => number;
  /** @param tail the chance that each end may be wrong */
  readonly interval: (source: number, tail: number) => Interval;
  /** @param tail the chance that it is not, and this says so all the same */
  readonly isAbove: (source: number, rate: number, tail: number) => boolean;
}

/** Tells the rates of any grouping of the flows; undefined where that cannot be. */
export type Solve = (sources: readonly Source[]) => Solution | undefined;
