import { open, rename } from "node:fs/promises";
import { brokeProblem, messageOf } from "../model/problem.js";

/**
 * Writes a file that is whole or not there: beside it first, flushed, then renamed.
 * @throws Problem (exit 4) when the disk is full or gone.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const beside = `${path}.part`;
  try {
    const file = await open(beside, "w");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    const fix = "free some space, or name another folder with --out DIR";
    throw brokeProblem({ what: `cannot write ${path}`, why: messageOf(error), fix }, error);
  }
}
