import { readdirSync, statSync } from "node:fs";
import type { Reading } from "../model/reading.js";
import { attempt } from "./kernel-file.js";

/**
 * How many file descriptors a process has open: the size of its fd folder (Linux 6.2 and later,
 * readable for everyone), else the number of names in it (needs the right to trace the process).
 */
export function countFds(root: string, pid: number): Reading<number> {
  const path = `${root}/${pid}/fd`;
  return attempt(
    { path, pid },
    () => statSync(path).size || countNames(path, pid),
    (count) => count,
  );
}

function countNames(path: string, pid: number): number {
  const names = readdirSync(path).length;
  // Whoever lists its own fds holds one more for the listing.
  return pid === process.pid ? names - 1 : names;
}
