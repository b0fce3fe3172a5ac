import { open, rename, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { HistoryEntry } from "../model/history.js";
import { brokeProblem, messageOf } from "../model/problem.js";
import { lineOf } from "./entry-line.js";
import { header } from "./segment.js";
import { syncFolder } from "./sync-folder.js";

/**
 * Puts entries into a history folder, which is there, as one new file, which is there whole or not at all.
 * @throws Problem exit 4: it cannot be written; then nothing has changed.
 */
export async function addSegment(
  folder: string,
  name: string,
  entries: readonly HistoryEntry[],
): Promise<void> {
  const path = join(folder, name);
  const beside = `${path}.part`;
  try {
    const file = await open(beside, "wx");
    try {
      await file.writeFile(header + entries.map((entry) => lineOf(entry)).join(""));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
    await syncFolder(folder);
  } catch (error) {
    await unlink(beside).catch(() => undefined);
    const fix = "free some space, or name another folder with --history DIR; nothing has changed";
    throw brokeProblem({ what: `cannot write to the history ${folder}`, why: messageOf(error), fix }, error);
  }
}
