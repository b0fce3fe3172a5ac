import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import * as fuzzysort from "fuzzysort";
import type { FoundFile } from "./protocol.js";

const skipped = new Set(["node_modules", ".git"]);

export interface FileIndexOptions {
  readonly folder: string;
  /** The walk ends after so many files, so that a folder such as / cannot fill the memory. */
  readonly maxFiles: number;
}

/** The paths under a folder, for fuzzy search. Each refresh replaces the one before it as a whole. */
export class FileIndex {
  readonly #options: FileIndexOptions;
  #snapshot: fuzzysort.Snapshot = fuzzysort.snapshot([]);
  #size = 0;

  constructor(options: FileIndexOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#size;
  }

  /** Walks the folder again. A walk that is aborted, or that throws, leaves the index as it was. */
  async refresh(signal: AbortSignal): Promise<void> {
    const paths = await walk(this.#options, signal);
    if (signal.aborted) return;
    this.#snapshot = fuzzysort.snapshot(paths);
    this.#size = paths.length;
  }

  search(query: string, limit: number): FoundFile[] {
    const found = fuzzysort
      .go(query, this.#snapshot, { limit })
      .map(({ target, score }) => ({ path: target, score }));
    // The library keeps every query it has seen; a server would keep those of all its clients.
    fuzzysort.cleanup();
    return found;
  }
}

/**
 * The files under a folder, breadth first, as paths relative to it. Symbolic
 * links are not followed; `node_modules`, `.git` and folders that cannot be read
 * are passed over.
 *
 * @throws the error of readdir when the folder itself cannot be read.
 */
export async function walk(options: FileIndexOptions, signal: AbortSignal): Promise<string[]> {
  const files: string[] = [];
  const folders = [options.folder];
  for (let next = folders.shift(); next !== undefined; next = folders.shift()) {
    if (signal.aborted || files.length >= options.maxFiles) break;
    for (const entry of await entriesOf(next, next === options.folder)) {
      const path = join(next, entry.name);
      if (entry.isDirectory() && !skipped.has(entry.name)) folders.push(path);
      if (entry.isFile()) files.push(relative(options.folder, path));
    }
  }
  return files.slice(0, options.maxFiles);
}

async function entriesOf(folder: string, isRoot: boolean): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isRoot) throw error;
    return [];
  }
}
