import { type FileHandle, open } from "node:fs/promises";
import { messageOf, Problem, usageProblem } from "../model/problem.js";

const chunkBytes = 256 * 1024;
const lineBreak = 0x0a;
/** A device such as /dev/zero never ends, and no line of a record comes near this. */
const longestBytes = 256 * 1024 ** 2;

/** A file that the user named. */
export interface InputFile {
  readonly path: string;
  /** As the user would write it. */
  readonly shown: string;
  /** What to name in its place, when it cannot be read. */
  readonly fix: string;
}

/** Hands a line on, without its line break. `number` counts from 1. */
export type OnLine = (line: string, number: number) => void;

/**
 * Reads a file line by line; the file is never in memory as a whole.
 * @throws Problem (exit 2) when it cannot be read, or a line is without end.
 */
export async function eachLine(file: InputFile, onLine: OnLine): Promise<void> {
  let rest: Buffer[] = [];
  let number = 0;
  await eachChunk(file, (chunk) => {
    let from = 0;
    for (let at = chunk.indexOf(lineBreak); at !== -1; at = chunk.indexOf(lineBreak, from)) {
      const line = chunk.subarray(from, at);
      onLine(rest.length === 0 ? line.toString() : Buffer.concat([...rest, line]).toString(), ++number);
      rest = [];
      from = at + 1;
    }
    // The buffer is used again for the next chunk.
    if (from < chunk.length) rest.push(Buffer.from(chunk.subarray(from)));
    requireShort(file, rest, number + 1);
  });
  if (rest.length > 0) onLine(Buffer.concat(rest).toString(), number + 1);
}

/** The whole file as text. @throws Problem (exit 2) when it cannot be read, or has no end. */
export async function wholeText(file: InputFile): Promise<string> {
  const chunks: Buffer[] = [];
  await eachChunk(file, (chunk) => {
    chunks.push(Buffer.from(chunk));
    requireShort(file, chunks, undefined);
  });
  return Buffer.concat(chunks).toString();
}

/** What is wrong with the content is told with the name of the file before it. */
export function toldOf<T>({ shown }: InputFile, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw usageProblem({ what: `${shown}: ${error.message}`, why: error.why, fix: error.fix }, error);
  }
}

function requireShort(file: InputFile, parts: readonly Buffer[], line: number | undefined): void {
  if (parts.length * chunkBytes <= longestBytes) return;
  const what = line === undefined ? file.shown : `line ${line} of ${file.shown}`;
  const why = "nothing that could be judged is so long, and a device has no end";
  throw usageProblem({ what: `${what} is longer than 256 MiB`, why, fix: file.fix });
}

async function eachChunk(file: InputFile, onChunk: (chunk: Buffer) => void): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file.path, "r");
    const buffer = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, chunkBytes);
      if (bytesRead === 0) return;
      onChunk(buffer.subarray(0, bytesRead));
    }
  } catch (error) {
    if (error instanceof Problem || !isSystemError(error)) throw error;
    throw usageProblem({ what: `cannot read ${file.shown}`, why: messageOf(error), fix: file.fix }, error);
  } finally {
    await handle?.close();
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
