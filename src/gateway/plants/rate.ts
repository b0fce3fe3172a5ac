/**
 * A counter of opportunities that leaks at a rate, without chance: opportunity n
 * leaks when floor(n * rate) > floor((n - 1) * rate). So 0.02 is every 50th.
 *
 * @param rate leaks per opportunity, above 0 and up to 1.
 */
export function leaksAt(rate: number): () => boolean {
  let opportunities = 0;
  return () => {
    opportunities += 1;
    return leaksUpTo(opportunities, rate) > leaksUpTo(opportunities - 1, rate);
  };
}

/** The tiny addition undoes the rounding of products such as 50 * 0.02 that fall short of a whole number. */
function leaksUpTo(opportunities: number, rate: number): number {
  return Math.floor(opportunities * rate + 1e-9);
}
