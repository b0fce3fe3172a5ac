import { closest, distance } from "fastest-levenshtein";

/** What stands in the file, for "found …": short, in one line, control characters made visible. */
export function found(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (typeof value === "string") return foundText(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return foundMapping(value);
  return typeof value === "number" ? `the number ${value}` : quoted(JSON.stringify(value) ?? typeof value);
}

function foundText(text: string): string {
  if (text === "") return "empty text";
  // In quotes in the file, or it would be a number.
  return /^[\d.]+$/.test(text) ? `the text ${quoted(text)}` : quoted(text);
}

function foundMapping(value: object): string {
  const keys = Object.keys(value);
  if (keys.length === 0) return "an empty mapping";
  const shown = keys.slice(0, 4).map(quoted).join(", ");
  return `a mapping with ${shown}${keys.length > 4 ? ", …" : ""}`;
}

/** A word of the file between backticks, at most 60 characters. */
export function quoted(text: string): string {
  const cut = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return `\`${cut.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped)}\``;
}

function escaped(character: string): string {
  return JSON.stringify(character)
    .slice(1, -1)
    .replace(/[^\x20-\x7e]/g, (raw) => `\\u${hex(raw)}`);
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, "0");
}

/** The known word that was probably meant: at most a third of its letters differ. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const lower = word.toLowerCase();
  const match = closest(
    lower,
    known.map((each) => each.toLowerCase()),
  );
  const meant = known.find((each) => each.toLowerCase() === match);
  return meant !== undefined && distance(lower, match) <= Math.ceil(meant.length / 3) ? meant : undefined;
}

/** `, did you mean …?` or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === undefined ? "" : `; did you mean ${quoted(meant)}?`;
}
