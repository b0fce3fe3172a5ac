import { dispersionOf, type Increment, sums } from "./increments.js";

/** Increments that a tail must have at least. */
const leastTail = 4;
/** A rate to each side, a place to change, each worth half a log n; and once more, since the best place was chosen. */
const penaltyPerLog = 2;

/**
 * Where the rate of increments changed: the tail after the most likely change, or all when no change is
 * worth its parameters (twice the BIC's penalty). Looks for a second change in the tail, and so on.
 * Source: E. S. Page, Continuous inspection schemes, Biometrika 41 (1954) 100–115; G. Schwarz, Estimating the
 * dimension of a model, Ann. Stat. 6 (1978) 461–464.
 * @param increments in order of x, with finite units of 0 or more
 * @returns a tail of 4 increments at least, unless there are fewer in all
 */
export function tailAfterChange(increments: readonly Increment[]): Tail {
  const split = bestSplit(increments);
  if (!split) return { increments, gain: 0 };
  const tail = increments.slice(split.index);
  // Each side around its own rate: what is left is scatter, not the change.
  const head = increments.slice(0, split.index);
  const scatter = (dispersionOf(head) * head.length + dispersionOf(tail) * tail.length) / increments.length;
  const gain = split.gain / Math.max(leastDispersion, scatter);
  if (gain <= penaltyPerLog * Math.log(increments.length)) return { increments, gain: 0 };
  const further = tailAfterChange(tail);
  return { increments: further.increments, gain: gain + further.gain };
}

export interface Tail {
  /** From the change to the end. */
  readonly increments: readonly Increment[];
  /** Likelihood gained over one rate alone, in units of the dispersion. */
  readonly gain: number;
}

/** Below this the dispersion is rounding, not regularity. */
const leastDispersion = 0.05;

function bestSplit(increments: readonly Increment[]): { index: number; gain: number } | undefined {
  const all = sums(increments);
  let best: { index: number; gain: number } | undefined;
  let [units, length] = [0, 0];
  for (const [index, increment] of increments.entries()) {
    if (index >= 2 && index <= increments.length - leastTail) {
      const gain =
        term(units, length) + term(all.units - units, all.length - length) - term(all.units, all.length);
      if (!best || gain > best.gain) best = { index, gain };
    }
    units += increment.units;
    length += increment.to - increment.from;
  }
  return best;
}

function term(units: number, length: number): number {
  return units > 0 && length > 0 ? units * Math.log(units / length) : 0;
}
