import { open } from "node:fs/promises";

/** A name is on the disk only when its folder is. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } catch {
    // Some file systems know no such thing; what can be done is done.
  } finally {
    await folder.close();
  }
}
