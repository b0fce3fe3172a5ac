import type { Rate } from "../model/verdict.js";
import { differenceNoise } from "../stats/difference-noise.js";
import { median } from "../stats/median.js";

/** Half of a 95% interval of normal noise, in standard deviations. */
const halfWidth = 1.96;

/** A night that is off for a reason of its own says no more than this: three standard deviations, as half a square. */
const most = 4.5;

/** Standard deviation of the rates of one row: what a night says of itself, or what the nights differ by, where that is more. */
export function rateNoise(rates: readonly (Rate | undefined)[]): number {
  const known = rates.filter((rate) => rate !== undefined);
  const own = median(known.map(({ low, high }) => (high - low) / (2 * halfWidth))) ?? 0;
  return Math.max(own, differenceNoise(known.map(({ rate }) => rate)));
}

/** What a rate costs where the level is known, in units of log-likelihood; nothing where none was measured. */
export function rateCost(rate: Rate | undefined, level: number | undefined, noise: number): number {
  if (rate === undefined || level === undefined) return 0;
  const off = Math.max((rate.high - rate.low) / (2 * halfWidth), noise);
  if (off === 0) return rate.rate === level ? 0 : most;
  return Math.min(((rate.rate - level) / off) ** 2 / 2, most);
}

/** The level of some nights, which a few odd ones do not move. */
export function levelOf(rates: readonly (Rate | undefined)[]): number | undefined {
  return median(rates.flatMap((rate) => (rate ? [rate.rate] : [])));
}
