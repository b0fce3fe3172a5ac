import type { Evidence } from "./evidence.js";

/** The chance that a comparison of builds without a difference tells of any resource, in any scenario, that got worse. */
export const familyAlpha = 0.01;
/** Of that. Memory is told from noise, and what else there is of its errors is not known so well: it gets less. */
const countsShare = 0.9;

/** Where even all on one side would be no surprise, nothing can be told, rightly or wrongly. */
const tellable = 0.05;

/**
 * How surely each counted resource must have got worse. One of which next to nothing was left, so that it could not be told
 * however that fell on the builds, takes no share of the chance to be wrong.
 * Source: after R. E. Tarone, A modified Bonferroni method for discrete data, Biometrics 46 (1990) 515–522; his rule goes on
 * to leave out what could not be told at the share that is left, which holds for tests on the sum, and this is none.
 */
export function countAlpha(all: readonly Pick<Evidence, "leastChance">[]): number {
  const shares = all.filter(({ leastChance }) => leastChance <= tellable).length;
  return (familyAlpha * countsShare) / Math.max(1, shares);
}

/** How surely memory must have got worse in each of so many scenarios. */
export function memoryAlpha(scenarios: number): number {
  return (familyAlpha * (1 - countsShare)) / Math.max(1, scenarios);
}
