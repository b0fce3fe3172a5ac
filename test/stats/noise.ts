/** Numbers between 0 and 1 that a seed repeats: the minimal standard of Park and Miller. */
export function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Standard normal noise that a seed repeats, by Box and Muller. */
export function normal(seed: number): () => number {
  const next = uniform(seed);
  return () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
}

/** Noise of which each value keeps the share `rho` of the one before; its variance is 1 / (1 − rho²). */
export function remembering(seed: number, rho: number): () => number {
  const next = normal(seed);
  let value = next() / Math.sqrt(1 - rho * rho);
  return () => {
    value = rho * value + next();
    return value;
  };
}

/** A random walk: the sum of standard normal steps. */
export function walking(seed: number): () => number {
  const next = normal(seed);
  let value = 0;
  return () => {
    value += next();
    return value;
  };
}

/** Poisson counts of the means that are asked for, by inversion. */
export function poisson(seed: number): (mean: number) => number {
  const next = uniform(seed);
  return (mean) => {
    const wanted = next();
    let [count, probability, below] = [0, Math.exp(-mean), Math.exp(-mean)];
    while (wanted > below && count < 1000) {
      count++;
      probability *= mean / count;
      below += probability;
    }
    return count;
  };
}
