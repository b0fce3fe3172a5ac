import { gap, type Reading, read } from "../model/reading.js";
import type { ProcessMemory } from "../model/resource.js";
import { readKernelFile } from "./kernel-file.js";
import { parseColonLines, parseKilobytes, readStatus } from "./status.js";

/** /proc/PID/smaps_rollup (Linux 4.14 and later). Undefined where a line is missing. */
export function parseSmapsRollup(text: string): Required<ProcessMemory> | undefined {
  const lines = parseColonLines(text);
  const rssBytes = parseKilobytes(lines.get("Rss"));
  const pssBytes = parseKilobytes(lines.get("Pss"));
  const anonymousBytes = parseKilobytes(lines.get("Anonymous"));
  if (rssBytes === undefined || pssBytes === undefined || anonymousBytes === undefined) return undefined;
  return { rssBytes, pssBytes, anonymousBytes };
}

/**
 * Resident memory in bytes: exact from smaps_rollup, which needs the right to trace the process,
 * else from status, whose counters lag by some pages per thread and which has no Pss.
 */
export function readMemory(root: string, pid: number): Reading<ProcessMemory> {
  const path = `${root}/${pid}/smaps_rollup`;
  const exact = readKernelFile({ path, pid, parse: parseSmapsRollup });
  return exact.ok ? exact : fromStatus(root, pid);
}

function fromStatus(root: string, pid: number): Reading<ProcessMemory> {
  const status = readStatus(root, pid);
  if (!status.ok) return status;
  const { rssBytes, anonymousBytes } = status.value;
  if (rssBytes === undefined) return gap(`${root}/${pid}/status`, "no VmRSS", pid);
  return read({ rssBytes, anonymousBytes });
}
