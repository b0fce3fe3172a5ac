import type { Reading } from "../model/reading.js";
import { readKernelFile } from "./kernel-file.js";

/** The variables of /proc/PID/environ; of two with one name the first counts, as for getenv(3). */
function parseEnviron(text: string): Map<string, string> {
  const variables = new Map<string, string>();
  for (const entry of text.split("\0")) {
    const equals = entry.indexOf("=");
    const name = entry.slice(0, equals);
    if (equals > 0 && !variables.has(name)) variables.set(name, entry.slice(equals + 1));
  }
  return variables;
}

/** The environment that the program was started with (proc_pid_environ(5)); needs the right to trace it. */
export function readEnviron(root: string, pid: number): Reading<Map<string, string>> {
  return readKernelFile({ path: `${root}/${pid}/environ`, pid, parse: parseEnviron });
}

/** Whether a process was started with `NAME=value`; false also where its environment is not readable. */
export function environHas(root: string, pid: number, entry: string): boolean {
  const parse = (text: string): boolean => `\0${text}\0`.includes(`\0${entry}\0`);
  const found = readKernelFile({ path: `${root}/${pid}/environ`, pid, parse });
  return found.ok && found.value;
}
