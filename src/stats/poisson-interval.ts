import { gammaQuantile } from "./gamma-quantile.js";
import { incompleteGamma } from "./incomplete-gamma.js";
import { type Interval, type IntervalOptions, tailOf } from "./interval.js";
import { tailRoot } from "./tail-root.js";
import type { Tails } from "./tails.js";
import { largeShape, wilsonHilferty } from "./wilson-hilferty.js";

/**
 * The means of a Poisson distribution that go with an observed count: the exact interval, which never
 * covers less than it says.
 * A count need not be whole: a quasi-Poisson count is events divided by their dispersion.
 * Source: F. Garwood, Biometrika 28 (1936) 437–442.
 * @param count at least 0
 * @throws RangeError for anything else, or a confidence outside of (0, 1).
 */
export function poissonInterval(count: number, options: IntervalOptions = {}): Interval {
  const seen = requireCount(count);
  const probability = tailOf(options);
  return {
    low: seen === 0 ? 0 : gammaQuantile(seen, { side: "below", probability }),
    high: gammaQuantile(seen + 1, { side: "above", probability }),
  };
}

/**
 * The same with mid-P: the observed count is only half as much a surprise. Shorter; it covers what it
 * says on average, not at every mean.
 * Source: H. O. Lancaster, J. Am. Stat. Assoc. 56 (1961) 223–234; for Poisson counts
 * G. R. Cohen, S.-Y. Yang, Stat. Med. 13 (1994) 2189–2203.
 * @param count at least 0; need not be whole
 * @throws RangeError for anything else, or a confidence outside of (0, 1).
 */
export function poissonMidPInterval(count: number, options: IntervalOptions = {}): Interval {
  const seen = requireCount(count);
  const probability = tailOf(options);
  const root = (side: keyof Tails): number =>
    seen >= largeShape
      ? wilsonHilferty(seen + 0.5, { side, probability })
      : Math.exp(tailRoot((u) => midTails(seen, Math.exp(u)), { side, probability }, Math.log(seen + 1)));
  return { low: seen === 0 ? 0 : root("below"), high: root("above") };
}

function midTails(count: number, mean: number): Tails {
  const least = count === 0 ? { below: 1, above: 0 } : incompleteGamma(count, mean);
  const more = incompleteGamma(count + 1, mean);
  return { below: (least.below + more.below) / 2, above: (least.above + more.above) / 2 };
}

/** A trace too small to tell from nothing is nothing. */
function requireCount(count: number): number {
  if (!(count >= 0 && count < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`count ${count} is not a finite number of 0 or more`);
  }
  return count < 1e-12 ? 0 : count;
}
