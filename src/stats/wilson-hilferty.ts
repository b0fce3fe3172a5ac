import { normalQuantile } from "./normal-quantile.js";
import type { WantedTail } from "./tail-root.js";

/** From this shape on the exact form takes thousands of terms, and this one has ten digits. */
export const largeShape = 1e7;

/**
 * Quantile of the gamma distribution of scale 1 for a large shape: its cube root is all but normal.
 * Source: E. B. Wilson, M. M. Hilferty, The distribution of chi-square, PNAS 17 (1931) 684–688.
 * @param shape `largeShape` or more
 */
export function wilsonHilferty(shape: number, { side, probability }: WantedTail): number {
  const z = side === "below" ? normalQuantile(probability) : -normalQuantile(probability);
  const variance = 1 / (9 * shape);
  return shape * (1 - variance + z * Math.sqrt(variance)) ** 3;
}
