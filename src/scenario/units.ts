import { parseBytes, parseDuration } from "../model/units.js";

/** Milliseconds of a text that the schema has let pass. */
export function ms(text: string): number {
  return known(parseDuration(text), text);
}

/** Bytes of a text that the schema has let pass. */
export function byteCount(text: string): number {
  return known(parseBytes(text), text);
}

/** `1%` → 0.01. */
export function shareOf(text: string): number {
  return Number(text.slice(0, -1)) / 100;
}

/** The schema's pattern and the parser disagree: a defect of the tool, not of the file. */
function known(value: number | undefined, text: string): number {
  if (value === undefined) throw new Error(`the schema let "${text}" pass`);
  return value;
}

/** The same function for values that may be absent. */
export function optional<T, R>(value: T | undefined, convert: (value: T) => R): R | undefined {
  return value === undefined ? undefined : convert(value);
}
