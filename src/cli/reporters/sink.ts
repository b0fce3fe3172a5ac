import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { messageOf, usageProblem } from "../../model/problem.js";
import type { Host } from "../host.js";
import { writeWhole } from "../write-whole.js";

/** Where the text of one reporter goes. */
export interface Sink {
  readonly write: (text: string) => void;
  /** After this all of it is there. */
  readonly close: () => Promise<void>;
}

export function stdoutSink({ stdout }: Pick<Host, "stdout">): Sink {
  return { write: (text) => void stdout.write(text), close: () => Promise.resolve() };
}

/** A file that is whole or not there. */
export function wholeFileSink(path: () => string): Sink {
  const texts: string[] = [];
  return { write: (text) => void texts.push(text), close: () => writeWhole(path(), texts.join("")) };
}

/** A file that grows as things happen; what is in it stays, however the tool ends. */
export function growingFileSink(path: string): Sink {
  writeFileSync(path, "");
  return { write: (text) => appendFileSync(path, text), close: () => Promise.resolve() };
}

/**
 * Sees before an hour is spent that a file can be written there.
 * @throws Problem exit 2
 */
export function requireFolderOf(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw usageProblem(
      { what: `no report can be written to ${path}`, why: messageOf(error), fix: "name another file" },
      error,
    );
  }
}
