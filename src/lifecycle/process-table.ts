import { setImmediate as immediate } from "node:timers/promises";
import type { ProcessIdentity } from "../model/resource.js";
import { readCmdline } from "../proc/cmdline.js";
import { listPids } from "../proc/pids.js";
import { type ProcStat, readStat } from "../proc/stat.js";

/** What is asked of the kernel about processes; passed in so that a test can play an unkillable one. */
export interface ProcessTable {
  /** Undefined when there is no such process (it is reaped). */
  stat(pid: number): ProcStat | undefined;
  /** Every process; undefined where they cannot be listed (no /proc, or one with `hidepid`). */
  all(): Promise<ProcStat[] | undefined>;
  command(pid: number): string;
  /** kill(2), a negative pid for a group. @throws with code `ESRCH` or `EPERM` */
  kill(pid: number, signal: NodeJS.Signals | 0): void;
}

/** @param root where /proc is mounted */
export function processTable(root: string): ProcessTable {
  const stat = (pid: number): ProcStat | undefined => {
    const reading = readStat(root, pid);
    return reading.ok ? reading.value : undefined;
  };
  return {
    stat,
    // A look through all of /proc takes milliseconds, and processes tend to be ended many at once.
    all: coalesced(() => {
      const pids = listPids(root);
      return pids.ok ? pids.value.flatMap((pid) => stat(pid) ?? []) : undefined;
    }),
    command: (pid) => {
      const words = readCmdline(root, pid);
      return words.ok ? words.value.join(" ") : "";
    },
    kill: (pid, signal) => void process.kill(pid, signal),
  };
}

/** All who ask in one turn of the event loop get one look, which comes after the last of them asked. */
function coalesced<T>(look: () => T): () => Promise<T> {
  let next: Promise<T> | undefined;
  return () => {
    next ??= immediate().then(() => {
      next = undefined;
      return look();
    });
    return next;
  };
}

/**
 * The identity of a child that has just been started. One that is already reaped has no start time
 * any more; ours is then a safe lower bound for its group, which cannot be older than we are.
 */
export function identify(table: ProcessTable, pid: number): ProcessIdentity {
  const stat = table.stat(pid) ?? table.stat(process.pid);
  return { pid, startTicks: stat?.startTicks ?? 0 };
}
