import { incompleteGamma } from "../stats/incomplete-gamma.js";

/** How much more something scatters than it would by itself. */
export interface Dispersion {
  /** 1 or more. */
  readonly factor: number;
  /** Degrees of freedom that it is known with, where these matter; else undefined. */
  readonly freedom: number | undefined;
}

/** A scatter that chance alone would give more often than this is no sign of more. */
const scatterTail = 0.05;

export const single: Dispersion = { factor: 1, freedom: undefined };

/** With so many, that the dispersion is an estimate is taken into account always, and costs little. */
const enoughFreedom = 4;

/**
 * From a sum of squares in units of their variance. Even where chance could have made it, a factor above 1 is taken as
 * it is: of few points that is the careful side. Where it is more than chance, it is taken for the estimate that it is.
 * Sources: P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd ed. 1989, 6.2.3 (counts); R. T. Birge, Phys.
 * Rev. 40 (1932) 207–227 (measurements that disagree).
 */
export function dispersionFrom(squares: number, freedom: number): Dispersion {
  const factor = freedom > 0 ? squares / freedom : 1;
  if (factor <= 1) return single;
  const chance = incompleteGamma(freedom / 2, squares / 2).above;
  return { factor, freedom: chance < scatterTail ? freedom : undefined };
}

/** The same from repeats, which may well differ by more than chance where nothing shows it. */
export function dispersionOfRuns(squares: number, freedom: number): Dispersion {
  const { factor, freedom: sure } = dispersionFrom(squares, freedom);
  return { factor, freedom: factor > 1 && freedom >= enoughFreedom ? freedom : sure };
}

/** The one that leaves less certain. */
export function widest(all: readonly Dispersion[]): Dispersion {
  return all.reduce((most, one) => (one.factor > most.factor ? one : most), single);
}
