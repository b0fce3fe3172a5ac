import { type Reading, valueOf } from "../model/reading.js";
import { readKernelFile } from "./kernel-file.js";
import { type ProcStat, readStat } from "./stat.js";
import { parseColonLines, readStatus } from "./status.js";

/** The first process of every pid namespace: it is there whoever looks. */
const init = 1;
/** CAP_SYS_PTRACE of include/uapi/linux/capability.h. */
const ptraceBit = 19n;

/**
 * Whether /proc is mounted so that processes of others are not listed or not readable (`hidepid`, proc(5)). Init tells
 * of itself: it is missing (invisible), or closed to us (noaccess). Where it is our own, as in a container, and where
 * only those are shown that we may trace (ptraceable), the mount tells, and our right to trace all.
 */
export function hidesOthers(root: string, listed: readonly number[]): boolean {
  if (!listed.includes(init) || isClosed(readStat(root, init))) return true;
  const how = hiding(root);
  if (how === undefined || maySeeAll(root)) return false;
  return how === "ptraceable" || how === "4" || isOurs(root);
}

function isClosed(stat: Reading<ProcStat>): boolean {
  return !stat.ok && (stat.gap.why === "EPERM" || stat.gap.why === "EACCES");
}

/** The option of the mount; undefined where nothing is hidden. */
function hiding(root: string): string | undefined {
  const parse = (text: string): string => {
    // A later mount covers an earlier one.
    const isMount = (line: string): boolean => line.split(" ")[4] === root && line.includes(" - proc ");
    const line = text.split("\n").findLast(isMount);
    return /hidepid=(\w+)/.exec(line ?? "")?.[1] ?? "off";
  };
  const how = valueOf(readKernelFile({ path: `${root}/self/mountinfo`, parse }));
  return how === "off" || how === "0" ? undefined : how;
}

function isOurs(root: string): boolean {
  return valueOf(readStatus(root, init))?.uid === process.getuid?.();
}

/** By CapEff, which every kernel with that option writes. */
function maySeeAll(root: string): boolean {
  const parse = (text: string): boolean => {
    const held = parseColonLines(text).get("CapEff") ?? "";
    return /^[0-9a-f]+$/i.test(held) && ((BigInt(`0x${held}`) >> ptraceBit) & 1n) === 1n;
  };
  return valueOf(readKernelFile({ path: `${root}/self/status`, parse })) === true;
}
