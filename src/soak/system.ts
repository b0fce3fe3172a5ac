import { cpus, release, totalmem } from "node:os";
import { valueOf } from "../model/reading.js";
import type { SystemFacts } from "../model/record.js";
import { readCgroupLimits } from "../proc/cgroup-limits.js";
import { readPidMax, readPtyMax } from "../proc/system.js";

/**
 * The ceilings of this machine, as the report's "limit" column and projections need them. The tool's own cgroup stands
 * for the target's, which is the same one or one below it.
 */
export function systemFacts(procRoot: string): SystemFacts {
  const { pidsMax, memoryMax } = readCgroupLimits(procRoot, process.pid);
  return {
    kernel: release(),
    node: process.version,
    cpus: cpus().length,
    memoryBytes: totalmem(),
    pidMax: valueOf(readPidMax(procRoot)),
    ptyMax: valueOf(readPtyMax(procRoot)),
    cgroupPidsMax: pidsMax,
    cgroupMemoryMax: memoryMax,
  };
}
