import { type Dirent, promises as fs } from "node:fs";
import { join } from "node:path";
import type { HistoryEntry } from "../model/history.js";
import { messageOf, usageProblem } from "../model/problem.js";
import { addSegment } from "./add-segment.js";
import { onceEach, readHistory } from "./folder.js";
import { readSegment } from "./segment.js";

export interface Importing {
  readonly folder: string;
  /** Files and folders, absolute; folders with all below them, as an artifact of a CI job unpacks. */
  readonly sources: readonly string[];
  readonly nextName: () => string;
}

export interface Imported {
  readonly added: number;
  /** Were there already. */
  readonly known: number;
  readonly notes: readonly string[];
}

/**
 * Adds the entries of other histories that are not there yet.
 * @throws Problem exit 2: a source that cannot be read, or has no history in it; exit 4: the folder cannot be written.
 */
export async function importHistory({ folder, sources, nextName }: Importing): Promise<Imported> {
  const found: HistoryEntry[] = [];
  const notes: string[] = [];
  for (const source of sources) {
    const read = await readSource(source);
    found.push(...read.entries);
    notes.push(...read.notes);
  }
  const entries = onceEach(found);
  const there = new Set((await readHistory(folder)).entries.map(({ id }) => id));
  const missing = entries.filter(({ id }) => !there.has(id));
  if (missing.length > 0) await addSegment(folder, nextName(), missing);
  return { added: missing.length, known: entries.length - missing.length, notes };
}

async function readSource(source: string): Promise<{ entries: HistoryEntry[]; notes: string[] }> {
  const files = await filesBelow(source);
  const entries: HistoryEntry[] = [];
  const notes: string[] = [];
  let histories = 0;
  for (const file of files) {
    const segment = readSegment(await textOf(file));
    if (!segment.isHistory) continue;
    histories++;
    entries.push(...segment.entries);
    notes.push(...segment.notes.map((note) => `${file}: ${note}`));
  }
  if (histories === 0) throw noHistory(source);
  return { entries, notes };
}

async function filesBelow(source: string): Promise<string[]> {
  if (!(await isFolder(source))) return [source];
  const found = await fs.readdir(source, { recursive: true, withFileTypes: true });
  return found.filter((each) => each.isFile() && isSegment(each)).map((each) => pathOf(each));
}

/** A record is the largest file of a run's folder, and none of a history. */
function isSegment({ name }: Dirent): boolean {
  return /\.ndjson(\.old)?$/.test(name) && name !== "record.ndjson";
}

/** `parentPath` is not in Node 20.11. */
function pathOf(each: Dirent & { readonly path?: string; readonly parentPath?: string }): string {
  return join(each.parentPath ?? each.path ?? "", each.name);
}

async function isFolder(source: string): Promise<boolean> {
  try {
    return (await fs.stat(source)).isDirectory();
  } catch (error) {
    throw unreadable(source, error);
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await fs.readFile(file, "utf8");
  } catch (error) {
    throw unreadable(file, error);
  }
}

function noHistory(source: string): Error {
  return usageProblem({
    what: `there is no history in ${source}`,
    why: 'no file of it begins with {"format":"watertight-history"',
    fix: "name a history folder, one of its files, or a folder that has one below it",
  });
}

function unreadable(path: string, error: unknown): Error {
  const fix = "name a history folder, or one of its files";
  return usageProblem({ what: `cannot read ${path}`, why: messageOf(error), fix }, error);
}
