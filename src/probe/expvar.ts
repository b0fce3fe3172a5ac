const maxValues = 50;
const maxNameLength = 100;

/**
 * The numbers at the top level of `/debug/vars` (package expvar), a JSON object; what lies deeper, memstats among it,
 * is passed over. At most 50.
 * @throws Error where it is no JSON object.
 */
export function parseExpvar(text: string): Record<string, number> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error("not a JSON object");
  }
  const numbers = Object.entries(value).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number" && entry[0].length <= maxNameLength,
  );
  return Object.fromEntries(numbers.slice(0, maxValues));
}
