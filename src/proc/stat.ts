import type { Reading } from "../model/reading.js";
import { readKernelFile } from "./kernel-file.js";

/** /proc/PID/stat (proc_pid_stat(5)). Ticks are 1/100 s, pages are those of the kernel. */
export interface ProcStat {
  readonly pid: number;
  /** `comm`: at most 15 bytes, any character but NUL. */
  readonly name: string;
  /** R running, S sleeping, D waiting for disk, Z zombie, T stopped, t traced, X dead, I idle. */
  readonly state: string;
  readonly ppid: number;
  readonly pgid: number;
  readonly sid: number;
  /** True from exit on, zombies included: the thread has given up its memory, then its fds (PF_EXITING). */
  readonly exiting: boolean;
  /** Controlling terminal, as major and minor; 0 = none. */
  readonly ttyNr: number;
  readonly utimeTicks: number;
  readonly stimeTicks: number;
  /** Since boot; with the pid the identity of the process. */
  readonly startTicks: number;
  readonly threads: number;
  readonly rssPages: number;
}

/** Positions after the name, counted from the state (field 3) as 0. */
const field = {
  ppid: 1,
  pgid: 2,
  sid: 3,
  tty: 4,
  flags: 6,
  utime: 11,
  stime: 12,
  threads: 17,
  start: 19,
  rss: 21,
};

/** PF_EXITING of include/linux/sched.h. */
const exitingFlag = 0x4;

/** Undefined where the text is cut short or is no stat line. */
export function parseStat(text: string): ProcStat | undefined {
  const open = text.indexOf(" (");
  // The name may itself hold spaces, brackets and newlines; no field after it holds a bracket.
  const close = text.lastIndexOf(") ");
  if (open < 1 || close < open) return undefined;
  // One more than the last one needed: a number at the cut may lack digits. The others are not worth their time.
  const words = text.slice(close + 2).split(" ", field.rss + 2);
  const [state = ""] = words;
  if (!/^[A-Za-z]$/.test(state) || words.length <= field.rss + 1) return undefined;
  const fields = words.map(Number);
  const stat = build(Number(text.slice(0, open)), { name: text.slice(open + 2, close), state }, fields);
  return Object.values(stat).every((value) => !Number.isNaN(value)) ? stat : undefined;
}

function build(pid: number, words: Pick<ProcStat, "name" | "state">, fields: readonly number[]): ProcStat {
  const at = (position: number): number => fields[position] ?? Number.NaN;
  return {
    pid,
    ...words,
    ppid: at(field.ppid),
    pgid: at(field.pgid),
    sid: at(field.sid),
    exiting: (at(field.flags) & exitingFlag) !== 0,
    ttyNr: at(field.tty),
    utimeTicks: at(field.utime),
    stimeTicks: at(field.stime),
    startTicks: at(field.start),
    threads: at(field.threads),
    rssPages: at(field.rss),
  };
}

/** Readable for everyone; `ENOENT` or `ESRCH` once the process is reaped. */
export function readStat(root: string, pid: number): Reading<ProcStat> {
  return readKernelFile({ path: `${root}/${pid}/stat`, pid, parse: parseStat });
}

/** True for a process that exited as a whole; one whose first thread alone exited is `Z` too, but lives on. */
export function hasExited(stat: Pick<ProcStat, "state" | "threads">): boolean {
  return (stat.state === "Z" && stat.threads <= 1) || stat.state === "X";
}
