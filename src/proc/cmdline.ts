import type { Reading } from "../model/reading.js";
import { readKernelFile } from "./kernel-file.js";

/** The words of /proc/PID/cmdline (proc_pid_cmdline(5)): each ends in NUL, unless the process wrote over them. */
export function parseCmdline(text: string): string[] {
  if (text === "") return [];
  return text.replace(/\0+$/, "").split("\0");
}

/** Empty for zombies and kernel threads. Readable for everyone. */
export function readCmdline(root: string, pid: number): Reading<string[]> {
  return readKernelFile({ path: `${root}/${pid}/cmdline`, pid, parse: parseCmdline });
}
