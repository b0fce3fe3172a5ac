import { open } from "node:fs/promises";

/** Writes a file down to the disk. @param flags `w` writes over what is there, `wx` refuses to. */
export async function writeFlushed(path: string, text: string, flags: "w" | "wx"): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
