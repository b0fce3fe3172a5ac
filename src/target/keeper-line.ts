import type { Member } from "./family.js";

/** What the tool tells its keeper, a JSON object per line. */
export type KeeperLine =
  | {
      readonly type: "guard";
      readonly procRoot: string;
      readonly marker: string;
      /** Path of the target's cgroup folder, made before the target starts. */
      readonly cgroup: string | undefined;
      readonly tempDirs: readonly string[];
      readonly toolPid: number;
    }
  | ({ readonly type: "member" } & Member)
  /** The target has ended and nothing is left to do. */
  | { readonly type: "done" };

export function formatKeeperLine(line: KeeperLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** Undefined for a line that was cut off when the tool was killed. */
export function parseKeeperLine(text: string): KeeperLine | undefined {
  try {
    const line: unknown = JSON.parse(text);
    return isKeeperLine(line) ? line : undefined;
  } catch {
    return undefined;
  }
}

/** The writer is this very program, so that only a cut is to be told from a whole line. */
function isKeeperLine(line: unknown): line is KeeperLine {
  return typeof line === "object" && line !== null && "type" in line;
}
