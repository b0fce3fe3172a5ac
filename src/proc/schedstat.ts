import { readdirSync } from "node:fs";
import { type Reading, read } from "../model/reading.js";
import { attempt, readKernelFile } from "./kernel-file.js";

/** Nanoseconds on a processor: the first number of /proc/PID/task/TID/schedstat (Documentation/scheduler/sched-stats.rst). */
export function parseRunNs(text: string): number | undefined {
  const first = /^(\d+) \d+ \d+\n?$/.exec(text)?.[1];
  return first === undefined ? undefined : Number(first);
}

/** Of all threads that a process has now; those that ended are counted no more. */
export function readRunNs(root: string, pid: number): Reading<number> {
  const path = `${root}/${pid}/task`;
  const threads = attempt(
    { path, pid },
    () => readdirSync(path),
    (names) => names,
  );
  if (!threads.ok) return threads;
  let total = 0;
  for (const thread of threads.value) {
    const ran = readKernelFile({ path: `${path}/${thread}/schedstat`, pid, parse: parseRunNs });
    // One that has ended meanwhile did nothing that could still be known.
    if (ran.ok) total += ran.value;
  }
  return read(total);
}
