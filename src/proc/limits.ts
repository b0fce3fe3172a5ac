import type { Reading } from "../model/reading.js";
import { readKernelFile } from "./kernel-file.js";

/** A resource limit (getrlimit(2)); `unlimited` is Infinity. */
interface Limit {
  readonly soft: number;
  readonly hard: number;
}

/** What is used of /proc/PID/limits (proc_pid_limits(5)). */
export interface ProcLimits {
  /** RLIMIT_NOFILE: one more than the highest fd number. */
  readonly openFiles: Limit;
  /** RLIMIT_NPROC: threads of the real user, over all processes. */
  readonly processes: Limit;
}

/** Undefined where one of the two lines is missing. */
function parseLimits(text: string): ProcLimits | undefined {
  const openFiles = parseLimit(text, /^Max open files\s+(\d+|unlimited)\s+(\d+|unlimited)\s/m);
  const processes = parseLimit(text, /^Max processes\s+(\d+|unlimited)\s+(\d+|unlimited)\s/m);
  return openFiles && processes ? { openFiles, processes } : undefined;
}

/** Readable for everyone. */
export function readLimits(root: string, pid: number): Reading<ProcLimits> {
  return readKernelFile({ path: `${root}/${pid}/limits`, pid, parse: parseLimits });
}

function parseLimit(text: string, line: RegExp): Limit | undefined {
  const [, soft, hard] = line.exec(text) ?? [];
  return soft && hard ? { soft: toNumber(soft), hard: toNumber(hard) } : undefined;
}

function toNumber(word: string): number {
  return word === "unlimited" ? Number.POSITIVE_INFINITY : Number(word);
}
