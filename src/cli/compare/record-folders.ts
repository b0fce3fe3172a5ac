import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { messageOf, usageProblem } from "../../model/problem.js";
import { recordName } from "../../soak/record-file.js";
import { whyFolder } from "../judged.js";

/** Repeats, each with a folder for each scenario. */
const deepest = 3;

/**
 * The records that a word stands for: a record, a run's folder, a folder with runs' folders in it, or several of these
 * with commas between.
 * @returns absolute paths, those of a folder in the order of their names
 * @throws Problem (exit 2) where there is none.
 */
export async function recordsOf(word: string, cwd: string): Promise<string[]> {
  const whole = resolve(cwd, word);
  const parts = (await kindOf(whole)) === undefined ? word.split(",") : [word];
  const found: string[] = [];
  for (const part of parts) found.push(...(await recordsAt(part, cwd)));
  return found;
}

async function recordsAt(word: string, cwd: string): Promise<string[]> {
  const path = resolve(cwd, word);
  const kind = word === "" ? undefined : await kindOf(path);
  if (kind === undefined) {
    const fix = "name a record.ndjson, the folder of a run, or a folder with runs in it";
    throw usageProblem({ what: `there is no ${word === "" ? "record without a name" : word}`, fix });
  }
  if (kind === "file") return [path];
  const found = await recordsBelow(path, deepest);
  if (found.length > 0) return found;
  throw usageProblem({
    what: `there is no run in ${word}`,
    why: `neither it nor a folder in it has a ${recordName}`,
    fix: "name a folder that `watertight run --out DIR` wrote",
  });
}

async function recordsBelow(folder: string, depth: number): Promise<string[]> {
  const entries = await entriesOf(folder);
  if (entries.some((entry) => entry.isFile() && entry.name === recordName)) return [join(folder, recordName)];
  if (depth === 0) return [];
  const inner = entries.filter((entry) => entry.isDirectory() && entry.name !== whyFolder);
  const found: string[] = [];
  for (const { name } of inner.toSorted(byName))
    found.push(...(await recordsBelow(join(folder, name), depth - 1)));
  return found;
}

/** `run-10` after `run-9`. */
function byName({ name: a }: Dirent, { name: b }: Dirent): number {
  return a.localeCompare(b, "en", { numeric: true });
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const fix = "name a folder that can be read";
    throw usageProblem({ what: `cannot look into ${folder}`, why: messageOf(error), fix }, error);
  }
}

async function kindOf(path: string): Promise<"file" | "folder" | undefined> {
  return stat(path).then(
    (stats) => (stats.isDirectory() ? "folder" : "file"),
    () => undefined,
  );
}
