const tiny = 1e-300;
// Near its mean a distribution of shape a needs about √a terms: this is enough for shapes up to 1e10.
const mostTerms = 1e6;

/** A term of a continued fraction: top / (bottom + …). */
export interface Term {
  readonly top: number;
  readonly bottom: number;
}

/**
 * The value of first + t₁ / (b₁ + t₂ / (b₂ + …)), by the modified method of Lentz.
 * Source: I. J. Thompson, A. R. Barnett, J. Comput. Phys. 64 (1986) 490–509.
 * @param first the number in front, not 0
 * @param term gives the nth term, from n = 1
 */
export function continuedFraction(first: number, term: (n: number) => Term): number {
  let value = first || tiny;
  let c = value;
  let d = 0;
  for (let n = 1; n <= mostTerms; n += 1) {
    const { top, bottom } = term(n);
    d = 1 / (bottom + top * d || tiny);
    c = bottom + top / c || tiny;
    value *= c * d;
    if (Math.abs(c * d - 1) <= Number.EPSILON) break;
  }
  return value;
}
