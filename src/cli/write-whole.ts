import { randomUUID } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { brokeProblem, messageOf } from "../model/problem.js";
import { writeFlushed } from "./write-flushed.js";

/**
 * Writes a file that is whole or not there: beside it first, flushed, then renamed. Of two writers at once the last one's
 * is there, whole.
 * @throws Problem (exit 4) when the disk is full or gone.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const beside = besideOf(path);
  try {
    await writeFlushed(beside, text, "wx");
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    const fix = "free some space, or name another folder";
    throw brokeProblem({ what: `cannot write ${path}`, why: messageOf(error), fix }, error);
  }
}

/** Nobody else's: containers that share a folder may have the same process ids. */
export function besideOf(path: string): string {
  return `${path}.${randomUUID().slice(0, 8)}.part`;
}
