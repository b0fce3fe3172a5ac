// Lanczos coefficients for g = 7, nine terms (P. Godfrey).
const g = 7;
const coefficients = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 0.000009984369578019572, 1.5056327351493116e-7,
];

/**
 * Natural logarithm of the gamma function, to about 15 digits.
 * Source: C. Lanczos, SIAM J. Numer. Anal. B 1 (1964) 86–96.
 * @param x above 0
 * @throws RangeError for anything else.
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`x ${x} is not above 0`);
  if (x < 0.5) return logGamma(x + 1) - Math.log(x);
  const sum = coefficients.reduce((sum, c, index) => sum + c / (x + index), 0.9999999999998099);
  const base = x + g - 0.5;
  return Math.log(2 * Math.PI) / 2 + (x - 0.5) * Math.log(base) - base + Math.log(sum);
}
