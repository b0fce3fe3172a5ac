import { rename, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { HistoryEntry } from "../model/history.js";
import { brokeProblem, messageOf } from "../model/problem.js";
import { addSegment } from "./add-segment.js";
import { codeOf } from "./code-of.js";
import { onceEach, segmentIn, segmentNames } from "./folder.js";
import type { Segment } from "./segment.js";
import { syncFolder } from "./sync-folder.js";

export interface Pruning {
  readonly folder: string;
  /** Which entries stay. */
  readonly keeps: (entry: HistoryEntry) => boolean;
  readonly nextName: () => string;
}

export interface Pruned {
  readonly kept: number;
  readonly removed: number;
}

interface Old {
  readonly file: string;
  readonly segment: Segment;
}

/**
 * Writes what stays into one new file, then removes the old ones. Ended in between, it leaves entries twice, which
 * count once. Lines that were appended meanwhile are taken over. A file with lines that this version cannot read stays
 * as it is.
 * @throws Problem exit 4: it cannot be written; nothing is lost.
 */
export async function pruneHistory({ folder, keeps, nextName }: Pruning): Promise<Pruned> {
  const old = await oldSegments(folder);
  const entries = onceEach(old.flatMap(({ segment }) => segment.entries));
  const kept = entries.filter((entry) => keeps(entry));
  const pruned = { kept: kept.length, removed: entries.length - kept.length };
  if (pruned.removed === 0 && old.length <= 1) return pruned;
  if (kept.length > 0) await addSegment(folder, nextName(), kept);
  const known = new Set(entries.map(({ id }) => id));
  try {
    const late = await Promise.all(old.map(({ file }) => movedAway(folder, file)));
    const missed = onceEach(late.flat()).filter(({ id }) => !known.has(id));
    if (missed.length > 0) await addSegment(folder, nextName(), missed);
    for (const { file } of old) await removed(join(folder, oldName(file)));
    await syncFolder(folder);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    const why = messageOf(error);
    throw brokeProblem(
      { what: `cannot prune the history ${folder}`, why, fix: "check its permissions" },
      error,
    );
  }
  return { kept: pruned.kept, removed: pruned.removed };
}

async function oldSegments(folder: string): Promise<Old[]> {
  const files = await segmentNames(folder);
  const read = await Promise.all(files.map((file) => segmentIn(folder, file)));
  return files.flatMap((file, index) => {
    const segment = read[index];
    return segment?.isHistory && segment.passedOver === 0 ? [{ file, segment }] : [];
  });
}

function oldName(file: string): string {
  return file.endsWith(".old") ? file : `${file}.old`;
}

/**
 * Takes the file out of the way of whoever appends to it, who sees that and begins another one.
 * @returns all that is in it now: nobody adds to it any more.
 */
async function movedAway(folder: string, file: string): Promise<readonly HistoryEntry[]> {
  try {
    await rename(join(folder, file), join(folder, oldName(file)));
  } catch (error) {
    // Another prune was quicker; it takes over what is in it.
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
  return (await segmentIn(folder, oldName(file)))?.entries ?? [];
}

async function removed(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}
