/** Whether this subset still fails. */
export type Fails<T> = (subset: readonly T[]) => Promise<boolean>;

/**
 * A smallest subset that still fails, in the order given: leaving out any one of it does not fail any more.
 * The minimising delta debugging of Zeller & Hildebrandt 2002, "Simplifying and isolating failure-inducing input",
 * IEEE Transactions on Software Engineering 28(2), figure 4. The whole is taken to fail, and never tried.
 */
export async function ddmin<T>(items: readonly T[], fails: Fails<T>): Promise<readonly T[]> {
  let rest = items;
  let parts = 2;
  while (rest.length >= 2) {
    const chunks = split(rest, Math.min(parts, rest.length));
    const smaller = await firstFailing(candidates(chunks), fails);
    if (smaller) {
      parts = smaller.isChunk ? 2 : Math.max(parts - 1, 2);
      rest = smaller.items;
    } else if (parts >= rest.length) {
      return rest;
    } else {
      parts = Math.min(rest.length, parts * 2);
    }
  }
  return rest;
}

interface Candidate<T> {
  readonly items: readonly T[];
  /** A chunk itself, and not what is left without one. */
  readonly isChunk: boolean;
}

/** Each chunk alone, then each without; of two chunks one is what the other leaves. */
function candidates<T>(chunks: readonly (readonly T[])[]): Candidate<T>[] {
  const alone = chunks.map((items) => ({ items, isChunk: true }));
  if (chunks.length === 2) return alone;
  const without = chunks.map((_, left) => ({
    items: chunks.flatMap((chunk, index) => (index === left ? [] : chunk)),
    isChunk: false,
  }));
  return [...alone, ...without];
}

async function firstFailing<T>(
  all: readonly Candidate<T>[],
  fails: Fails<T>,
): Promise<Candidate<T> | undefined> {
  for (const candidate of all) {
    if (await fails(candidate.items)) return candidate;
  }
  return undefined;
}

function split<T>(items: readonly T[], parts: number): (readonly T[])[] {
  const at = (part: number): number => Math.floor((part * items.length) / parts);
  return Array.from({ length: parts }, (_, part) => items.slice(at(part), at(part + 1)));
}
