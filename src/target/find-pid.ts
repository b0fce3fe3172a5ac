import { brokeProblem, type Problem, usageProblem } from "../model/problem.js";
import { valueOf } from "../model/reading.js";
import { readCmdline } from "../proc/cmdline.js";
import { hasExited, type ProcStat, readStat } from "../proc/stat.js";
import { readStatus } from "../proc/status.js";
import { lineageOf } from "./lineage.js";

/** Where is looked, and for whom. */
export interface Search {
  readonly procRoot: string;
  /** The tool. */
  readonly self: number;
}

/**
 * The process with this pid, if it is one that can be watched.
 * @throws Problem exit 4: it is not there, or has exited; exit 2: it is the kernel's, or watching it would be watching
 * ourselves.
 */
export function findPid({ procRoot, self }: Search, pid: number): ProcStat {
  const stat = readStat(procRoot, pid);
  if (!stat.ok) throw noSuchProcess(pid);
  if (hasExited(stat.value)) throw exited(stat.value);
  if (isKernelThread(procRoot, pid)) throw ofTheKernel(stat.value);
  if (lineageOf(procRoot, self).some((elder) => elder.pid === pid)) throw ourselves(stat.value, self);
  return stat.value;
}

/** It has neither memory nor a command line of its own, though it runs. */
function isKernelThread(procRoot: string, pid: number): boolean {
  const status = valueOf(readStatus(procRoot, pid));
  return (
    status !== undefined && status.rssBytes === undefined && !valueOf(readCmdline(procRoot, pid))?.length
  );
}

function noSuchProcess(pid: number): Problem {
  return brokeProblem({
    what: `there is no process ${pid}`,
    why: "it has ended, or it is hidden from this user or in another PID namespace",
    fix: "see which there are: ps -e; or name a port that it listens on",
  });
}

function exited({ pid, name, ppid }: ProcStat): Problem {
  return brokeProblem({
    what: `process ${pid} (${name}) has exited already`,
    why: `it is a zombie, for whom its parent ${ppid} has not waited`,
    fix: `watch the parent: pid ${ppid}`,
  });
}

function ofTheKernel({ pid, name }: ProcStat): Problem {
  return usageProblem({
    what: `process ${pid} (${name}) is a thread of the kernel`,
    why: "it has no memory, no files and no children of its own that could leak",
    fix: "name a process of a server: ps -e shows those of the kernel in brackets",
  });
}

function ourselves({ pid, name }: ProcStat, self: number): Problem {
  const isSelf = pid === self;
  return usageProblem({
    what: isSelf
      ? `process ${pid} is watertight itself`
      : `watertight was started below process ${pid} (${name})`,
    why: "it would measure itself",
    fix: "name the server's own process, or a port that it listens on",
  });
}
