import { type Reading, valueOf } from "../model/reading.js";
import { readKernelFile } from "./kernel-file.js";
import { type ProcStat, readStat } from "./stat.js";
import { parseColonLines } from "./status.js";

/** The first process of every pid namespace: it is there whoever looks. */
const init = 1;
/** CAP_SYS_PTRACE of include/uapi/linux/capability.h. */
const ptraceBit = 19n;

/**
 * Whether /proc is mounted so that processes of others are not listed or not readable (`hidepid`, proc(5)): init is
 * missing (invisible), or closed to us (noaccess), or only those are shown that we may trace (ptraceable), and we may
 * not trace all.
 */
export function hidesOthers(root: string, listed: readonly number[]): boolean {
  if (!listed.includes(init)) return true;
  return isClosed(readStat(root, init)) || (showsTraceableOnly(root) && !maySeeAll(root));
}

function isClosed(stat: Reading<ProcStat>): boolean {
  return !stat.ok && (stat.gap.why === "EPERM" || stat.gap.why === "EACCES");
}

function showsTraceableOnly(root: string): boolean {
  const isMount = (line: string): boolean =>
    line.split(" ")[4] === root && / - proc \S+ \S*hidepid=(ptraceable|4)\b/.test(line);
  const parse = (text: string): boolean => text.split("\n").some(isMount);
  return valueOf(readKernelFile({ path: `${root}/self/mountinfo`, parse })) === true;
}

/** By CapEff, which every kernel with that option writes. */
function maySeeAll(root: string): boolean {
  const parse = (text: string): boolean => {
    const held = parseColonLines(text).get("CapEff") ?? "";
    return /^[0-9a-f]+$/i.test(held) && ((BigInt(`0x${held}`) >> ptraceBit) & 1n) === 1n;
  };
  return valueOf(readKernelFile({ path: `${root}/self/status`, parse })) === true;
}
