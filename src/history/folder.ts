import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { brokeProblem, messageOf } from "../model/problem.js";
import type { HistoryEntry } from "../model/history.js";
import { codeOf } from "./code-of.js";
import { inText } from "./nights.js";
import { readSegment, type Segment } from "./segment.js";

/** A file that counts; one that is being pruned away counts until it is gone. */
const segmentName = /\.ndjson(\.old)?$/;

export interface History {
  /** Oldest first, each once. */
  readonly entries: readonly HistoryEntry[];
  /** What was passed over, and why: a line for each. */
  readonly notes: readonly string[];
  /** Names of the files that were read. */
  readonly files: readonly string[];
}

/**
 * All entries of a history folder. Others may write to it, and prune it, meanwhile.
 * @returns an empty one where there is no folder yet.
 * @throws Problem exit 4: it cannot be read.
 */
export async function readHistory(folder: string): Promise<History> {
  for (let tries = 1; ; tries++) {
    const files = await segmentNames(folder);
    const read = await Promise.all(files.map((file) => segmentIn(folder, file)));
    // What is pruned stands in a new file before the old ones go: seen as a change of the names.
    const isSame = String(await segmentNames(folder)) === String(files);
    if (isSame || tries === 20) return historyOf(files, read);
  }
}

/** Sorted. */
export async function segmentNames(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => segmentName.test(name)).sort(inText);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw unreadable(folder, error);
  }
}

/** @returns undefined: it is gone. */
export async function segmentIn(folder: string, file: string): Promise<Segment | undefined> {
  try {
    return readSegment(await readFile(join(folder, file), "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw unreadable(join(folder, file), error);
  }
}

function historyOf(files: readonly string[], read: readonly (Segment | undefined)[]): History {
  const notes = read.flatMap((segment, index) => notesOf(segment, files[index] ?? ""));
  return { entries: onceEach(read.flatMap((segment) => segment?.entries ?? [])), notes, files };
}

function notesOf(segment: Segment | undefined, file: string): string[] {
  if (segment?.isHistory === false) return [`${file}: no file of a history, passed over`];
  return (segment?.notes ?? []).map((note) => `${file}: ${note}`);
}

/** An entry that was imported twice, or that a prune has copied, counts once. */
export function onceEach(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return [...byId.values()].sort(
    (a, b) => inText(a.night, b.night) || a.startedAtMs - b.startedAtMs || inText(a.id, b.id),
  );
}

function unreadable(path: string, error: unknown): Error {
  const fix = "name the history folder: --history DIR";
  return brokeProblem({ what: `cannot read ${path}`, why: messageOf(error), fix }, error);
}
