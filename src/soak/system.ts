import { cpus, release, totalmem } from "node:os";
import { valueOf } from "../model/reading.js";
import type { SystemFacts } from "../model/record.js";
import { readPidMax, readPtyMax } from "../proc/system.js";

/** The ceilings of this machine, as the report's "limit" column and projections need them. */
export function systemFacts(procRoot: string): SystemFacts {
  return {
    kernel: release(),
    node: process.version,
    cpus: cpus().length,
    memoryBytes: totalmem(),
    pidMax: valueOf(readPidMax(procRoot)),
    ptyMax: valueOf(readPtyMax(procRoot)),
  };
}
