import type { Reading } from "../model/reading.js";
import { readKernelFile } from "./kernel-file.js";

/**
 * The name of a thread, /proc/PID/task/TID/comm (proc_pid_comm(5)): at most 15 bytes, any character but NUL; what would
 * break a line is made a space.
 */
export function readThreadName(root: string, pid: number, thread: number): Reading<string> {
  const path = `${root}/${pid}/task/${thread}/comm`;
  return readKernelFile({
    path,
    pid,
    parse: (text) => text.replace(/\n$/, "").replaceAll(/[\x00-\x1f\x7f]/g, " "),
  });
}
