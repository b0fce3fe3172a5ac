import type { Reading } from "../model/reading.js";
import { readKernelFile } from "./kernel-file.js";
import { parseStat } from "./stat.js";
import { parseColonLines, parseKilobytes } from "./status.js";

/** One more than the highest pid (proc_sys_kernel(5)); processes and threads share the numbers. */
export function readPidMax(root: string): Reading<number> {
  return readKernelFile({ path: `${root}/sys/kernel/pid_max`, parse: parseCount });
}

/** The limit on PTYs of the whole system (pty(7)). */
export function readPtyMax(root: string): Reading<number> {
  return readKernelFile({ path: `${root}/sys/kernel/pty/max`, parse: parseCount });
}

/** How many PTYs are open in the whole system. */
export function readPtyCount(root: string): Reading<number> {
  return readKernelFile({ path: `${root}/sys/kernel/pty/nr`, parse: parseCount });
}

/** A UUID, new with each boot: start times of processes compare only within one. */
export function readBootId(root: string): Reading<string> {
  return readKernelFile({ path: `${root}/sys/kernel/random/boot_id`, parse: parseWord });
}

/** Milliseconds since the boot, to 10 (proc_uptime(5)): what start ticks of processes count, too. */
export function readUptimeMs(root: string): Reading<number> {
  return readKernelFile({ path: `${root}/uptime`, parse: parseUptime });
}

/** As of `uname -r`. */
export function readKernelRelease(root: string): Reading<string> {
  return readKernelFile({ path: `${root}/sys/kernel/osrelease`, parse: parseWord });
}

/** Memory of the machine in bytes: MemTotal of /proc/meminfo. */
export function readMemoryTotal(root: string): Reading<number> {
  const parse = (text: string): number | undefined => parseKilobytes(parseColonLines(text).get("MemTotal"));
  return readKernelFile({ path: `${root}/meminfo`, parse });
}

/** Whether there is a Linux /proc at all: false on other systems, and where it is not mounted. */
export function isProcUsable(root: string): boolean {
  return readKernelFile({ path: `${root}/self/stat`, parse: parseStat }).ok;
}

function parseCount(text: string): number | undefined {
  return /^\d+\n?$/.test(text) ? Number(text) : undefined;
}

function parseUptime(text: string): number | undefined {
  const [seconds] = /^\d+\.\d{2}(?= )/.exec(text) ?? [];
  return seconds === undefined ? undefined : Math.round(Number(seconds) * 1000);
}

function parseWord(text: string): string | undefined {
  return text.trim() || undefined;
}
