import { HistoryWriter } from "../../history/writer.js";
import type { HistoryEntry } from "../../model/history.js";
import { Problem } from "../../model/problem.js";
import { makeHistoryFolder, nextSegmentName } from "./history-folder.js";

/** Appends to a history, and tries again with the next entry what could not be written: a disk may have room again. */
export class HistoryAppender {
  readonly #folder: string;
  readonly #writer: HistoryWriter;
  readonly #waiting: HistoryEntry[] = [];

  constructor(folder: string) {
    this.#folder = folder;
    this.#writer = new HistoryWriter(folder, nextSegmentName);
  }

  /** @returns what is wrong, as long as something waits to be written. */
  async append(entry: HistoryEntry): Promise<Problem | undefined> {
    this.#waiting.push(entry);
    return this.flush();
  }

  async flush(): Promise<Problem | undefined> {
    try {
      for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
        makeHistoryFolder(this.#folder);
        await this.#writer.append(next);
        this.#waiting.shift();
      }
      return undefined;
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
  }

  /** Entries that are on no disk. */
  get waiting(): readonly HistoryEntry[] {
    return this.#waiting;
  }

  close(): Promise<void> {
    return this.#writer.close();
  }
}
