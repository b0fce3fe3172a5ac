import { execFile } from "node:child_process";
import { promisify } from "node:util";

const withinMs = 5000;

/** The commit of the git repository that a folder is in; undefined where there is none, or no git. */
export async function commitOf(folder: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)("git", ["rev-parse", "--verify", "HEAD"], {
      cwd: folder,
      timeout: withinMs,
    });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
