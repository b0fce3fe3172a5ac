import { type BetaShapes, incompleteBeta } from "./incomplete-beta.js";
import { type Interval, type IntervalOptions, tailOf } from "./interval.js";
import { tailRoot, type WantedTail } from "./tail-root.js";

/** How often something happened, of how many times it could have. */
export interface Tally {
  readonly successes: number;
  readonly trials: number;
}

/**
 * The chances of a success that go with a tally: the exact interval, which never covers less than it says.
 * Source: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404–413.
 * @param tally trials at least 0, successes from 0 to trials; of no trials the interval is 0 to 1
 * @throws RangeError for anything else, or a confidence outside of (0, 1).
 */
export function binomialInterval(tally: Tally, options: IntervalOptions = {}): Interval {
  const { successes, trials } = tally;
  const possible = successes >= 0 && successes <= trials && trials < Number.POSITIVE_INFINITY;
  if (!possible) throw new RangeError(`${successes} successes of ${trials} trials are not a tally`);
  const probability = tailOf(options);
  const failures = trials - successes;
  return {
    low:
      successes === 0 ? 0 : betaQuantile({ a: successes, b: failures + 1 }, { side: "below", probability }),
    high:
      failures === 0 ? 1 : betaQuantile({ a: successes + 1, b: failures }, { side: "above", probability }),
  };
}

/** Searched on the logarithm of the odds, so that chances next to 0 and to 1 keep their digits. */
function betaQuantile(shapes: BetaShapes, wanted: WantedTail): number {
  const tailsAt = (u: number) => incompleteBeta(shapes, chance(u), chance(-u));
  return chance(tailRoot(tailsAt, wanted, Math.log(shapes.a / shapes.b)));
}

function chance(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
