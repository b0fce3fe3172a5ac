import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { brokeProblem, messageOf, type Problem, usageProblem } from "../model/problem.js";
import type { RecordLine } from "../model/record.js";
import { makeFolder } from "./make-folder.js";

/** The name of a record inside its folder. */
export const recordName = "record.ndjson";

/** A record being written: append-only, each line handed to the kernel before the run goes on. */
export class RecordFile {
  readonly folder: string;
  readonly path: string;
  readonly #fd: number;

  private constructor(folder: string, fd: number) {
    this.folder = folder;
    this.path = join(folder, recordName);
    this.#fd = fd;
  }

  /**
   * Claims a folder for one run. A folder that already holds a record keeps it:
   * the new one goes to `run-2`, `run-3` … inside, also when two runs start at once.
   * @throws Problem (exit 2) when the folder cannot be written.
   */
  static create(wanted: string): RecordFile {
    for (let attempt = 1; ; attempt++) {
      const folder = attempt === 1 ? wanted : join(wanted, `run-${attempt}`);
      const fd = claim(folder);
      if (fd !== undefined) return new RecordFile(folder, fd);
    }
  }

  /** @throws Problem (exit 4) when the disk is full or gone; what was written stays readable. */
  append(line: RecordLine): void {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    try {
      for (let sent = 0; sent < bytes.length; ) sent += writeSync(this.#fd, bytes, sent);
    } catch (error) {
      throw cannotAppend(this.path, error);
    }
  }

  close(): void {
    try {
      fsyncSync(this.#fd);
    } catch {
      // A file system that cannot sync has still taken the writes.
    }
    closeSync(this.#fd);
  }
}

function claim(folder: string): number | undefined {
  try {
    makeFolder(folder);
    return openSync(join(folder, recordName), "ax");
  } catch (error) {
    if (isTaken(error)) return undefined;
    throw usageProblem(
      {
        what: `cannot write to ${folder}`,
        why: messageOf(error),
        fix: "name a folder that you may write to with --out DIR",
      },
      error,
    );
  }
}

/** mkdir answers EEXIST too, when a file stands where the folder should be. */
function isTaken(error: unknown): boolean {
  if (!(error instanceof Error && "code" in error && "syscall" in error)) return false;
  return error.code === "EEXIST" && error.syscall === "open";
}

function cannotAppend(path: string, error: unknown): Problem {
  return brokeProblem(
    {
      what: `cannot go on writing the record ${path}`,
      why: messageOf(error),
      fix: "free some space, or name another folder with --out DIR; what was recorded so far can be judged with: watertight judge",
    },
    error,
  );
}
