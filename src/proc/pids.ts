import { readdirSync } from "node:fs";
import { gap, type Reading } from "../model/reading.js";
import { hidesOthers } from "./hides-others.js";
import { attempt } from "./kernel-file.js";

/**
 * All pids, ascending. Where /proc is mounted with `hidepid` (proc(5)) the processes of other users
 * are not listed, or not readable, so that the list is no list of all: a gap `hidden`.
 */
export function listPids(root: string): Reading<number[]> {
  const pids = attempt({ path: root }, () => readdirSync(root), numbersIn);
  if (!pids.ok || !hidesOthers(root, pids.value)) return pids;
  return gap(root, "hidden");
}

/** All that can be seen, whether or not others are hidden; none where /proc is not readable. */
export function seenPids(root: string): number[] {
  try {
    return numbersIn(readdirSync(root));
  } catch {
    return [];
  }
}

/** The threads of a process, its first one included (proc_pid_task(5)). */
export function listThreads(root: string, pid: number): Reading<number[]> {
  const path = `${root}/${pid}/task`;
  return attempt({ path, pid }, () => readdirSync(path), numbersIn);
}

function numbersIn(names: readonly string[]): number[] {
  return names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}
