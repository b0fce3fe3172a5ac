import type { Evidence } from "./evidence.js";

/** The chance that a comparison of builds without a difference tells of any resource, in any scenario, that got worse. */
export const familyAlpha = 0.01;
/** Of that. Memory is told from noise, and what else there is of its errors is not known so well: it gets less. */
const countsShare = 0.9;

/**
 * How surely each counted resource must have got worse. A resource of which so little was left that it could not be
 * told whatever the order of things takes no share of the chance to be wrong.
 * Source: R. E. Tarone, A modified Bonferroni method for discrete data, Biometrics 46 (1990) 515–522.
 */
export function countAlpha(all: readonly Pick<Evidence, "leastChance">[]): number {
  const alpha = familyAlpha * countsShare;
  for (let share = 1; share < all.length; share++) {
    if (all.filter(({ leastChance }) => leastChance <= alpha / share).length <= share) return alpha / share;
  }
  return alpha / Math.max(1, all.length);
}

/** How surely memory must have got worse in each of so many scenarios. */
export function memoryAlpha(scenarios: number): number {
  return (familyAlpha * (1 - countsShare)) / Math.max(1, scenarios);
}
