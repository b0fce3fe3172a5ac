import { readlinkSync } from "node:fs";
import type { Reading } from "../model/reading.js";
import { attempt } from "./kernel-file.js";

/** What /proc/PID/exe links to: the program that runs; ` (deleted)` follows where its file is gone. */
export function readExecutable(root: string, pid: number): Reading<string> {
  const path = `${root}/${pid}/exe`;
  return attempt(
    { path, pid },
    () => readlinkSync(path),
    (target) => target,
  );
}
