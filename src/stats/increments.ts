/** Units that came between two x. */
export interface Increment {
  readonly from: number;
  readonly to: number;
  readonly units: number;
}

/**
 * Refuses what is no increment.
 * @throws RangeError for NaN or Infinity, for units below 0, and for an end before its start.
 */
export function requireIncrements(increments: readonly Increment[]): void {
  for (const [index, { from, to, units }] of increments.entries()) {
    if (units >= 0 && from <= to && Number.isFinite(units + (to - from))) continue;
    throw new RangeError(`increment ${index} is ${units} from ${from} to ${to}`);
  }
}

/** All units, and all of x that was looked at. */
export function sums(increments: readonly Increment[]): { readonly units: number; readonly length: number } {
  let [units, length] = [0, 0];
  for (const increment of increments) {
    units += increment.units;
    length += increment.to - increment.from;
  }
  return { units, length };
}

/**
 * Pearson's dispersion of increments around one rate: 1 for single, independent events, 0 for perfect
 * regularity, the size of the clumps for events in clumps.
 * Source: P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd ed. 1989, 6.2.3.
 * @returns 1 where there are too few to tell.
 */
export function dispersionOf(increments: readonly Increment[]): number {
  const { units, length } = sums(increments);
  if (units === 0 || increments.length < 2) return 1;
  const squares = increments.reduce((sum, increment) => {
    const mean = (units / length) * (increment.to - increment.from);
    return sum + (mean > 0 ? (increment.units - mean) ** 2 / mean : 0);
  }, 0);
  return squares / (increments.length - 1);
}
