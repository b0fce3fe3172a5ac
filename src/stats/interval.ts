/** A confidence interval, both ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** How sure an interval is to be. */
export interface IntervalOptions {
  /** Between 0 and 1; 0.95 unless given. */
  readonly confidence?: number;
  /** 2: the interval holds with the confidence (the default). 1: each end alone does, as a bound. */
  readonly sides?: 1 | 2;
}

/**
 * The chance that each end of an interval may be wrong.
 * @throws RangeError for a confidence outside of (0, 1).
 */
export function tailOf({ confidence = 0.95, sides = 2 }: IntervalOptions): number {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`confidence ${confidence} is not between 0 and 1`);
  }
  return (1 - confidence) / sides;
}
