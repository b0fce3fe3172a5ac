import { valueOf } from "../model/reading.js";
import { type ProcStat, readStat } from "../proc/stat.js";

/** Deeper than any shell is nested. */
const mostGenerations = 1000;

/** The process, its parent, and so on up to the first one that can be seen. */
export function lineageOf(procRoot: string, pid: number): ProcStat[] {
  const line: ProcStat[] = [];
  for (let next = pid; next > 0 && line.length < mostGenerations; ) {
    const stat = valueOf(readStat(procRoot, next));
    if (!stat) break;
    line.push(stat);
    next = stat.ppid;
  }
  return line;
}
