import { readFileSync } from "node:fs";
import { gap, type Reading, read } from "../model/reading.js";

/** Which file of which process, and what makes a value of its text (undefined = malformed). */
export interface KernelFile<T> {
  readonly path: string;
  readonly pid?: number | undefined;
  readonly parse: (text: string) => T | undefined;
}

/** Longest piece of an offending text that a gap quotes. */
const quotedLength = 80;

/** Reads and parses one file of /proc. Errors: a gap with the errno code, or `malformed: <text>`. */
export function readKernelFile<T>(file: KernelFile<T>): Reading<T> {
  const { path, pid, parse } = file;
  return attempt({ path, pid }, () => readFileSync(path, "utf8"), parse);
}

/** Makes a gap of whatever `look` throws, and of a text that cannot be parsed. */
export function attempt<Raw, T>(
  place: { readonly path: string; readonly pid?: number | undefined },
  look: () => Raw,
  parse: (raw: Raw) => T | undefined,
): Reading<T> {
  let raw: Raw;
  try {
    raw = look();
  } catch (error) {
    return gap(place.path, errnoOf(error), place.pid);
  }
  const value = parse(raw);
  if (value !== undefined) return read(value);
  return gap(place.path, `malformed: ${String(raw).slice(0, quotedLength)}`, place.pid);
}

/** True where a gap says that the process is no more (it ended before or while it was read). */
export function saysEnded(why: string): boolean {
  return why === "ENOENT" || why === "ESRCH";
}

function errnoOf(error: unknown): string {
  if (error instanceof Error && "code" in error) return String(error.code);
  throw error;
}
