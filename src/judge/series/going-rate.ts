import { dispersionOf, type Increment, sums } from "../../stats/increments.js";
import type { LastingRate } from "../../stats/lasting-rate.js";
import { normalQuantile } from "../../stats/normal-quantile.js";
import { poissonMidPInterval } from "../../stats/poisson-interval.js";
import { tailAfterChange } from "../../stats/rate-change.js";
import type { Rate } from "../../model/verdict.js";

/** Below this the dispersion is rounding, not regularity. */
const leastDispersion = 0.02;

/** The rate at which a count goes on rising, and the one before that. */
export interface GoingRate extends Rate {
  readonly before: number;
}

/**
 * The rate beside what fades, or after the last change, or all along, whichever explains the increments; with
 * its 95% interval. After a change it is a quasi-Poisson mid-P interval of the tail.
 */
export function goingRate(increments: readonly Increment[], lasting: LastingRate): GoingRate {
  const tail = tailAfterChange(increments);
  const isFading = lasting.fadingGain > tail.gain && lasting.fadingGain > Math.log(increments.length);
  return isFading ? besideFading(increments, lasting) : ofTail(increments, tail.increments);
}

function besideFading(increments: readonly Increment[], lasting: LastingRate): GoingRate {
  const z = normalQuantile(0.975);
  const { units, length } = sums(increments);
  return { rate: lasting.rate, low: lasting.lower(z), high: lasting.upper(z), before: units / length };
}

function ofTail(increments: readonly Increment[], tail: readonly Increment[]): GoingRate {
  const { units, length } = sums(tail);
  const dispersion = Math.max(leastDispersion, dispersionOf(tail));
  const { low, high } = poissonMidPInterval(units / dispersion);
  const head = sums(increments.slice(0, increments.length - tail.length));
  return {
    rate: units / length,
    low: (dispersion * low) / length,
    high: (dispersion * high) / length,
    before: head.length > 0 ? head.units / head.length : units / length,
  };
}
