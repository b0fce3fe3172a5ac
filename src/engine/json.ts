/** The field that the keys lead to in a JSON value of unknown shape; undefined = not there. */
export function fieldAt(value: unknown, ...keys: readonly string[]): unknown {
  let at = value;
  for (const key of keys) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}

/** The same for a number of things; undefined = not there, or none that counts. */
export function countAt(value: unknown, ...keys: readonly string[]): number | undefined {
  const found = fieldAt(value, ...keys);
  return typeof found === "number" && Number.isFinite(found) && found >= 0 ? Math.round(found) : undefined;
}

/** The JSON value that a text consists of, or that its end consists of from the start of a line on. */
export function jsonIn(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  const starts = [0, ...[...text.matchAll(/\n(?=[[{])/g)].map(({ index }) => index + 1)].slice(0, mostStarts);
  for (const start of starts) {
    const value = parsed(text.slice(start));
    if (typeof value === "object" && value !== null) return value;
  }
  return undefined;
}

/** A report begins near the start; a text with many lines like one is none. */
const mostStarts = 50;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
