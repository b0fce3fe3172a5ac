/** More names than this are no look at a few numbers but a flood. */
const mostNames = 200;
const longestName = 100;
const deepestNesting = 8;
const longestShown = 60;

const numberPattern = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * The numbers that a program printed, by name: `name value` lines (empty ones and those that begin with # are
 * passed over), or one JSON object, of which nested names are joined by dots and what is no number is left out.
 * @throws Error naming the first line or name that will not do
 */
export function parseReadings(output: string): ReadonlyMap<string, number> {
  const text = output.trim();
  const readings = new Map<string, number>();
  const add = (name: string, value: number): void => {
    if (!/^[^\p{C}]{1,100}$/u.test(name))
      throw new Error(`a name is longer than ${longestName} or not printable`);
    if (readings.has(name)) throw new Error(`${name} stands there twice`);
    if (!Number.isFinite(value)) throw new Error(`${name} is no finite number`);
    if (readings.size === mostNames) throw new Error(`it printed more than ${mostNames} names`);
    readings.set(name, value);
  };
  if (text.startsWith("{")) readObject(parseJson(text), { prefix: "", depth: 1, add });
  else readLines(text, add);
  if (readings.size === 0) throw new Error("it printed no number");
  return readings;
}

type Add = (name: string, value: number) => void;

function readLines(text: string, add: Add): void {
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const [name = "", value = "", ...more] = line.split(/\s+/);
    if (more.length > 0 || !numberPattern.test(value)) {
      throw new Error(
        `line ${index + 1} is no \`name value\`: ${JSON.stringify(line.slice(0, longestShown))}`,
      );
    }
    add(name, Number(value));
  }
}

interface Nesting {
  readonly prefix: string;
  readonly depth: number;
  readonly add: Add;
}

function readObject(object: object, { prefix, depth, add }: Nesting): void {
  if (depth > deepestNesting) throw new Error(`its JSON is nested deeper than ${deepestNesting}`);
  for (const [key, value] of Object.entries(object) as readonly (readonly [string, unknown])[]) {
    if (typeof value === "number") add(`${prefix}${key}`, value);
    if (typeof value !== "object" || value === null || Array.isArray(value)) continue;
    readObject(value, { prefix: `${prefix}${key}.`, depth: depth + 1, add });
  }
}

function parseJson(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    throw new Error(
      `it printed what begins like JSON and is none: ${JSON.stringify(text.slice(0, longestShown))}`,
    );
  }
}
