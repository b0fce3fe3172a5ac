// A seeded source of randomness: the same words give the same numbers on every machine.

/** `words` name the stream, e.g. [baseSeed, "flapping", 50, 17]. */
export function randomOf(words) {
  const next = generator(words.join("/"));
  const uniform = () => next() / 2 ** 32;
  const between = (low, high) => low + (high - low) * uniform();
  return {
    uniform,
    between,
    /** Whole numbers, both ends included. */
    integer: (low, high) => low + Math.floor((high - low + 1) * uniform()),
    /** Even in the logarithm: as many draws between 1 and 10 as between 10 and 100. */
    logBetween: (low, high) => Math.exp(between(Math.log(low), Math.log(high))),
    chance: (p) => uniform() < p,
    pick: (list) => list[Math.floor(list.length * uniform())],
    /** Box and Muller 1958; one of the pair is enough here. */
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    hits: (trials, p) => hits(uniform, trials, p),
  };
}

/** Successes among `trials`, each with chance `p`: skips from one success to the next, exact for any p. */
function hits(uniform, trials, p) {
  if (p >= 1) return trials;
  if (p <= 0) return 0;
  let count = 0;
  for (let at = gap(uniform, p); at <= trials; at += gap(uniform, p)) count++;
  return count;
}

/** Trials up to and with the next success (geometric). */
function gap(uniform, p) {
  // log1p: a chance of 1e-20 must not become 0, or no success would ever come.
  return Math.floor(Math.log(1 - uniform()) / Math.log1p(-p)) + 1;
}

/** sfc32 (Doty-Humphrey, PractRand), its state filled from a hash of the text. */
function generator(text) {
  let [a, b, c, d] = [1, 2, 3, 4].map((salt) => hash(text, salt));
  const next = () => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** FNV-1a with the finish of MurmurHash3. */
function hash(text, salt) {
  let h = 2166136261 ^ Math.imul(salt, 2654435769);
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  h = Math.imul(h ^ (h >>> 16), 2246822507);
  h = Math.imul(h ^ (h >>> 13), 3266489909);
  return h ^ (h >>> 16);
}
