import { type FileHandle, open, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { HistoryEntry } from "../model/history.js";
import { brokeProblem, messageOf } from "../model/problem.js";
import { lineOf } from "./entry-line.js";
import { syncFolder } from "./sync-folder.js";
import { header } from "./segment.js";

/**
 * Appends to a history folder: to a file of its own, so that two never write to the same. What `append` has returned
 * from is on the disk, and stays there, however this process ends.
 */
export class HistoryWriter {
  readonly #folder: string;
  readonly #nextName: () => string;
  #file: { readonly handle: FileHandle; readonly path: string; bytes: number } | undefined;

  /**
   * @param folder is there
   * @param nextName names of files that nobody else has; see `segmentFileName`
   */
  constructor(folder: string, nextName: () => string) {
    this.#folder = folder;
    this.#nextName = nextName;
  }

  /** @throws Problem exit 4: it cannot be written. What was appended before is not touched. */
  async append(entry: HistoryEntry): Promise<void> {
    try {
      await this.#write(lineOf(entry));
      // A prune may have moved the file away meanwhile; it may not have seen this line.
      while (!(await this.#isInPlace())) {
        await this.close();
        await this.#write(lineOf(entry));
      }
    } catch (error) {
      const what = `cannot write to the history ${this.#folder}`;
      const fix = "free some space, or name another folder with --history DIR; what it holds is not touched";
      throw brokeProblem({ what, why: messageOf(error), fix }, error);
    }
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.handle.close();
  }

  async #write(line: string): Promise<void> {
    const isFirst = this.#file === undefined;
    const file = (this.#file ??= await this.#create());
    const bytes = Buffer.from(isFirst ? header + line : line);
    try {
      await file.handle.appendFile(bytes);
      await file.handle.sync();
      if (isFirst) await syncFolder(this.#folder);
      file.bytes += bytes.length;
    } catch (error) {
      await this.#takeBack();
      throw error;
    }
  }

  async #create(): Promise<{ handle: FileHandle; path: string; bytes: number }> {
    const path = join(this.#folder, this.#nextName());
    return { handle: await open(path, "ax"), path, bytes: 0 };
  }

  /** Half a line, as a full disk leaves it, would spoil the next one. */
  async #takeBack(): Promise<void> {
    const file = this.#file;
    if (!file) return;
    await file.handle.truncate(file.bytes).catch(() => undefined);
    if (file.bytes > 0) return;
    await this.close();
    await unlink(file.path).catch(() => undefined);
  }

  async #isInPlace(): Promise<boolean> {
    const file = this.#file;
    if (!file) return false;
    const [own, there] = await Promise.all([file.handle.stat(), stat(file.path).catch(() => undefined)]);
    return own.ino === there?.ino;
  }
}
