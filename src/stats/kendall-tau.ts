import { kendallScore } from "./kendall-score.js";
import type { Point } from "./theil-sen.js";

/**
 * Kendall's rank correlation tau-b: 1 when x and y always rise together, −1 when one falls as the other
 * rises, with ties paid for.
 * Source: M. G. Kendall, Biometrika 33 (1945) 239–251.
 * @returns undefined when all x or all y are the same, and for fewer than two points.
 * @throws RangeError for NaN.
 */
export function kendallTau(points: readonly Point[]): number | undefined {
  const { s, pairs, tiedX, tiedY } = kendallScore(points);
  if (pairs === tiedX || pairs === tiedY) return undefined;
  const tau = s / Math.sqrt(pairs - tiedX) / Math.sqrt(pairs - tiedY);
  return Math.max(-1, Math.min(1, tau));
}
