/** The square of a t that is larger could overflow; what lies beyond it is less than 1e-100. */
const beyond = 1e150;

/**
 * Student's t distribution function for a whole number of degrees of freedom, in closed form: quicker than
 * the incomplete beta function where thousands of values are needed. Absolute error about 1e-15.
 * Source: M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions, 1964, 26.7.3 and 26.7.4.
 * @param degreesOfFreedom 1, 2, 3 …; the time grows with them. That they are whole is not checked.
 * @returns NaN for a t of NaN.
 */
export function studentTCdfWhole(t: number, degreesOfFreedom: number): number {
  if (Math.abs(t) > beyond) return t > 0 ? 1 : 0;
  const cosine2 = degreesOfFreedom / (degreesOfFreedom + t * t);
  const sine = t / Math.sqrt(degreesOfFreedom + t * t);
  const isOdd = degreesOfFreedom % 2 === 1;
  let term = 1;
  let sum = degreesOfFreedom === 1 ? 0 : 1;
  for (let k = isOdd ? 3 : 2; k <= degreesOfFreedom - 2; k += 2) {
    term *= ((k - 1) / k) * cosine2;
    sum += term;
  }
  if (!isOdd) return 0.5 + (sine * sum) / 2;
  const angle = Math.atan(t / Math.sqrt(degreesOfFreedom));
  return 0.5 + (angle + sine * Math.sqrt(cosine2) * sum) / Math.PI;
}
