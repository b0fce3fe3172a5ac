import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { messageOf } from "../model/problem.js";
import { formatBytes } from "../model/units.js";
import { LastChunks } from "./last-chunks.js";

/** So much of the beginning is kept, and so much of the end: a flood must not fill the disk. */
export interface LogBounds {
  readonly firstBytes: number;
  readonly lastBytes: number;
}

export const usualBounds: LogBounds = { firstBytes: 32 * 1024 ** 2, lastBytes: 1024 ** 2 };

/** A file that takes whatever comes and keeps its beginning and its end. One that fails is given up, with a note. */
export class CappedLog {
  readonly #path: string;
  readonly #notes: string[];
  readonly #bounds: LogBounds;
  readonly #file: WriteStream;
  readonly #last: LastChunks;
  #written = 0;
  #past = 0;
  #failed = false;

  constructor(path: string, notes: string[], bounds: LogBounds) {
    this.#path = path;
    this.#notes = notes;
    this.#bounds = bounds;
    this.#last = new LastChunks(bounds.lastBytes);
    this.#file = createWriteStream(path);
    this.#file.on("error", (error) => this.#giveUp(messageOf(error)));
  }

  #giveUp(why: string): void {
    if (!this.#failed)
      this.#notes.push(`the target's output is not kept any further in ${this.#path}: ${why}`);
    this.#failed = true;
  }

  /** Bytes taken, and bytes that are on disk. */
  get moved(): number {
    return this.#written + this.#past + this.#file.bytesWritten;
  }

  /** Takes a chunk. Where the disk is behind, `onRoom` is called once it is not. @returns whether to wait for that. */
  write(chunk: Buffer, onRoom: () => void): boolean {
    if (this.#failed) return false;
    const fits = chunk.subarray(0, Math.max(0, this.#bounds.firstBytes - this.#written));
    this.#keepLast(chunk.subarray(fits.length));
    if (fits.length === 0) return false;
    this.#written += fits.length;
    if (this.#file.write(fits)) return false;
    const go = (): void => {
      this.#file.off("drain", go).off("close", go);
      onRoom();
    };
    this.#file.on("drain", go).on("close", go);
    return true;
  }

  #keepLast(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#past += chunk.length;
    this.#last.push(chunk);
  }

  /** Writes the end of it and closes the file. Never rejects. */
  async end(): Promise<void> {
    if (this.#failed || this.#file.destroyed) return;
    const last = this.#last.bytes();
    const left = this.#past - last.length;
    if (left > 0) {
      this.#file.write(`\n[watertight: ${formatBytes(left)} are left out here]\n`);
      this.#notes.push(
        `${formatBytes(left)} of the target's output are left out of ${this.#path}: ${this.#boundsText()}`,
      );
    }
    this.#file.end(last);
    await finished(this.#file).catch(() => undefined);
  }

  #boundsText(): string {
    const { firstBytes, lastBytes } = this.#bounds;
    return `it printed more than the first ${formatBytes(firstBytes)} and the last ${formatBytes(lastBytes)} that are kept`;
  }
}
