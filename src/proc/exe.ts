import { readlinkSync } from "node:fs";
import type { Reading } from "../model/reading.js";
import { attempt } from "./kernel-file.js";

/** The program that a process runs (proc_pid_exe(5)). Needs the right to trace it; `ENOENT` for zombies and kernel threads. */
export function readExecutable(root: string, pid: number): Reading<string> {
  const path = `${root}/${pid}/exe`;
  return attempt(
    { path, pid },
    () => readlinkSync(path),
    (target) => target,
  );
}
