import { nearest, quoted } from "./found.js";
import type { Path } from "./mistake.js";
import type { ShapeAt } from "./shape.js";

/** The shortest file that can be run. */
export const smallestFile = "write for example `flows: {polite: {steps: [connect, close]}}`";

/** What there is to say of a kind of file. */
export interface FileWords {
  readonly shapeAt: ShapeAt;
  /** How to write the shortest one. */
  readonly smallest: string;
}

/** What to write in place of a wrong value. */
export function fixFor(path: Path, value: unknown, { shapeAt, smallest }: FileWords): string | undefined {
  if (path.length === 0) return smallest;
  const { words, keys, example } = shapeAt(path);
  if (typeof value !== "string") return example === undefined ? quoting(value) : sample(path, shapeAt);
  if (keys.includes(value)) return sample([...path, value], shapeAt);
  const meant = nearest(value, words);
  return meant === undefined ? sample(path, shapeAt) : `write ${quoted(meant)}`;
}

/** YAML takes 80, true and the like for what they are; text of that look needs quotes. */
function quoting(value: unknown): string | undefined {
  const isBare = typeof value === "number" || typeof value === "boolean";
  return isBare ? `write "${value}" in quotes` : undefined;
}

/** `write for example …`, with the key that it belongs to. */
export function sample(path: Path, shapeAt: ShapeAt): string | undefined {
  const { example } = shapeAt(path);
  if (example === undefined) return undefined;
  const key = path.at(-1);
  return `write for example \`${typeof key === "string" ? `${key}: ` : "- "}${flowStyle(example)}\``;
}

/** A value as YAML has it in one line. */
function flowStyle(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowStyle).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(([key, each]) => `${key}: ${flowStyle(each)}`);
    return `{${fields.join(", ")}}`;
  }
  const text = String(value);
  return /[{}[\],#]|: /.test(text) ? JSON.stringify(text) : text;
}
