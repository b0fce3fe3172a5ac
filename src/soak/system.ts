import { cpus, release, totalmem } from "node:os";
import type { Clock } from "../model/clock.js";
import { valueOf } from "../model/reading.js";
import type { SystemFacts } from "../model/record.js";
import { readCgroupLimits } from "../proc/cgroup-limits.js";
import { readPidMax, readPtyMax, readUptimeMs } from "../proc/system.js";

/**
 * The ceilings of this machine, as the report's "limit" column and projections need them. The tool's own cgroup stands
 * for the target's, which is the same one or one below it.
 */
export function systemFacts(procRoot: string, clock: Pick<Clock, "now">): SystemFacts {
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
    bootMs: bootMs(procRoot, clock),
  };
}

/** From the uptime: `btime` of /proc/stat is of whole seconds. */
function bootMs(procRoot: string, clock: Pick<Clock, "now">): number | undefined {
  const uptimeMs = valueOf(readUptimeMs(procRoot));
  return uptimeMs === undefined ? undefined : clock.now() - uptimeMs;
}
