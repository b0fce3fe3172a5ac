/** The next number of a sequence: uniform in [0, 1). */
export type Random = () => number;

const golden = 0x9e3779b9;

/**
 * Finalizer of MurmurHash3 (Austin Appleby, public domain): a bijection on 32-bit words, so
 * different words stay different.
 */
function mix32(word: number): number {
  let h = word >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A sequence that depends on the seed alone (a Weyl sequence through `mix32`); period 2^32. */
export function seeded(seed: number): Random {
  let state = mix32(seed);
  return () => {
    state = (state + golden) >>> 0;
    return mix32(state) / 2 ** 32;
  };
}

/** A shuffled copy: sorted by a drawn number each. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, draw: random() }))
    .toSorted((a, b) => a.draw - b.draw)
    .map(({ item }) => item);
}

/**
 * Shaped like a UUID of version 4; no two operations of one run share it, and the same seed repeats it. Its last
 * twelve digits are the number of the operation, in hex; the others prove that, see `operationsIn`.
 */
export function sessionId(seed: number, operation: number): string {
  const first = hex(mix32(operation ^ mix32(seed)));
  const [a, b] = [hex(mix32(operation)), hex(mix32(operation + seed))];
  const number = operation.toString(16).padStart(12, "0");
  return `${first}-${a.slice(0, 4)}-4${a.slice(5)}-8${b.slice(0, 3)}-${number}`;
}

/** The hash is of 32 bits: an operation past that is none. */
const mostOperations = 2 ** 32;
const shapedAsId = /[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-([\da-f]{12})/g;

/**
 * The operations whose session ids stand in a text, each once. What is only shaped like one is passed over: of a
 * UUID that is random, 88 bits would have to be right by chance.
 */
export function operationsIn(text: string, seed: number): number[] {
  const found = new Set<number>();
  for (const [id, digits = ""] of text.matchAll(shapedAsId)) {
    const operation = Number.parseInt(digits, 16);
    if (operation < mostOperations && id === sessionId(seed, operation)) found.add(operation);
  }
  return [...found];
}

function hex(word: number): string {
  return word.toString(16).padStart(8, "0");
}
