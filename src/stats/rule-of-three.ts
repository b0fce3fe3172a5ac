/**
 * Upper 95% bound of the rate of an event that was not seen once in `trials` independent trials: 3 / trials.
 * Source: J. A. Hanley, A. Lippman-Hand, "If nothing goes wrong, is everything all right?", JAMA 249 (1983) 1743–1745.
 * @returns events per trial, at most 1, and 1 when there were no trials.
 * @throws RangeError for NaN or a negative number of trials.
 */
export function ruleOfThree(trials: number): number {
  if (!(trials >= 0)) throw new RangeError(`trials ${trials} is not a count`);
  return Math.min(1, 3 / trials);
}
