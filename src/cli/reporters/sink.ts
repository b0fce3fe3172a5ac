import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
} from "node:fs";
import { appendFile } from "node:fs/promises";
import { dirname } from "node:path";
import { messageOf, usageProblem } from "../../model/problem.js";
import { besideOf, writeWhole } from "../write-whole.js";

/** Where the text of one reporter goes. */
export interface Sink {
  readonly write: (text: string) => void;
  /** After this all of it is there. @returns the file that was written, if it was one. */
  readonly close: () => Promise<string | undefined>;
}

export function streamSink(stream: Pick<NodeJS.WritableStream, "write">): Sink {
  return { write: (text) => void stream.write(text), close: () => Promise.resolve(undefined) };
}

/** A file that is whole or not there. */
export function wholeFileSink(path: () => string): Sink {
  const texts: string[] = [];
  const close = async (): Promise<string> => {
    const text = texts.join("");
    if (isDevice(path())) await appendFile(path(), text);
    else await writeWhole(followed(path()), text);
    return path();
  };
  return { write: (text) => void texts.push(text), close };
}

/**
 * A file that grows as things happen; what is in it stays, however the tool ends. It is a new one: a run that still writes
 * to the one of the same name does not mix with this.
 */
export function growingFileSink(path: string): Sink {
  const file = openGrowing(path);
  const close = (): Promise<string> => {
    closeSync(file);
    return Promise.resolve(path);
  };
  return { write: (text) => appendFileSync(file, text), close };
}

function openGrowing(path: string): number {
  if (isDevice(path)) return openSync(path, "a");
  const real = followed(path);
  const beside = besideOf(real);
  const file = openSync(beside, "wx");
  renameSync(beside, real);
  return file;
}

/**
 * Sees before an hour is spent that a file can be written there: by writing one beside it.
 * @throws Problem exit 2
 */
export function requireWritable(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (statOf(path)?.isDirectory()) throw new Error("it is a folder");
    if (!isDevice(path)) tryBeside(followed(path));
  } catch (error) {
    const why = messageOf(error);
    throw usageProblem({ what: `no report can be written to ${path}`, why, fix: "name another file" }, error);
  }
}

function tryBeside(path: string): void {
  const beside = besideOf(path);
  closeSync(openSync(beside, "wx"));
  rmSync(beside);
}

/** Written to as it is, not replaced: a pipe, `/dev/null`, `/dev/stdout` even where that leads to a file. */
function isDevice(path: string): boolean {
  const stats = statOf(path);
  return stats !== undefined && (!stats.isFile() || /^\/(dev|proc)\//.test(path));
}

/** A link stays one: what it leads to is written. */
function followed(path: string): string {
  return statOf(path) === undefined ? path : realpathSync(path);
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
