import { formatBytes, formatDuration, formatNumber } from "../model/units.js";
import type { Growth, Watched, Watching } from "../model/watching.js";
import { inert } from "./inert.js";
import { cut } from "./text-width.js";

/** More of a command line says nothing more to somebody who looks for a process. */
const longestCommand = 120;

/** The first line of a watch: whom it is of. */
export function watchedText(watched: Watched): string {
  const { pid, command, uid, ageMs, processes, fds, softFdLimit, ports } = watched;
  const parts = [
    uid === undefined ? undefined : `uid ${uid}`,
    ageMs === undefined ? undefined : `up ${formatDuration(ageMs)}`,
    `${processes} ${processes === 1 ? "process" : "processes"}`,
    fdsText(fds, softFdLimit),
    ports.length === 0 ? undefined : `listens on ${ports.join(", ")}`,
  ];
  const facts = parts.filter((part) => part !== undefined).join(", ");
  return `watching pid ${pid} (${cut(inert(command), longestCommand)}): ${facts}`;
}

function fdsText(fds: number | undefined, softFdLimit: number | undefined): string {
  if (fds === undefined) return "fds not readable";
  const limit =
    softFdLimit !== undefined && Number.isFinite(softFdLimit) ? ` (limit ${softFdLimit} each)` : "";
  return `${fds} fds${limit}`;
}

/** What will stay unchecked, and who could check it; undefined where all can be read. */
export function unreadableText(
  { unreadable, processes }: Watched,
  own: number | undefined,
): string | undefined {
  if (unreadable.processes === 0) return undefined;
  const owners = unreadable.uids.join(", ");
  const whose = processes === 1 ? "its fds" : `the fds of ${unreadable.processes} of ${processes} processes`;
  return `cannot read ${whose} (of uid ${owners}, you are uid ${own}): what they hold stays unchecked; run as ${own === 0 ? "root with CAP_SYS_PTRACE" : "root"} or as uid ${owners}`;
}

/** How a watch goes, on one line. */
export function watchingText(watching: Watching): string {
  const { elapsedMs, forMs, processes, fds, ptys, rssBytes, cpuPercent } = watching;
  const parts = [
    `${formatDuration(Math.round(elapsedMs / 1000) * 1000)} of ${formatDuration(forMs)}`,
    fds === undefined ? undefined : `fds ${fds}`,
    `procs ${processes}`,
    ptys === undefined ? undefined : `ptys ${ptys}`,
    rssBytes === undefined ? undefined : `rss ${formatBytes(rssBytes)}`,
    cpuPercent === undefined ? undefined : `cpu ${formatNumber(cpuPercent)}%`,
  ];
  return parts.filter((part) => part !== undefined).join("  ");
}

/** `fds grow: 124 → 310 in 2 min, 1.55/s: /dev/null (186)` */
export function growthText(growth: Growth): string {
  const { what, from, to, overMs, kinds } = growth;
  const amount = amountOf(growth);
  const rate = amount((to - from) / (overMs / 1000));
  const verb = what === "memory" ? "grows" : "grow";
  const named = kinds.map(({ label, more }) => `${cut(inert(label), longestCommand)} (${amount(more)})`);
  const rise = `${amount(from)} → ${amount(to)} in ${formatDuration(overMs)}, ${rate}/s`;
  return `${what} ${verb}: ${[rise, ...(named.length > 0 ? [named.join(", ")] : [])].join(": ")}`;
}

export function grownText(growth: Growth): string {
  const verb = growth.what === "memory" ? "grows" : "grow";
  return `${growth.what} no longer ${verb}: ${amountOf(growth)(growth.to)}`;
}

function amountOf({ unit }: Growth): (value: number) => string {
  return unit === "bytes" ? formatBytes : formatNumber;
}
