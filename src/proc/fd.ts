import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import type { Reading } from "../model/reading.js";
import type { FdEntry } from "../model/resource.js";
import { attempt } from "./kernel-file.js";

/**
 * The open file descriptors of a process (proc_pid_fd(5)). The inode is the number in `socket:[N]`
 * and `pipe:[N]`; it is 0 for whatever has a path, which is identity enough and spares a stat each.
 * An fd that is closed while the list is read is left out. Needs the right to trace the process.
 */
export function readFds(root: string, pid: number): Reading<FdEntry[]> {
  const folder = `${root}/${pid}`;
  const path = `${folder}/fd`;
  return attempt(
    { path, pid },
    () => readdirSync(path).flatMap((name) => readFd(folder, name) ?? []),
    (entries) => entries.sort((a, b) => a.fd - b.fd),
  );
}

function readFd(folder: string, name: string): FdEntry | undefined {
  const target = textOf(() => readlinkSync(`${folder}/fd/${name}`));
  if (target === undefined) return undefined;
  const entry = { fd: Number(name), target, inode: parseInode(target) };
  if (!target.endsWith("/ptmx")) return entry;
  const info = textOf(() => readFileSync(`${folder}/fdinfo/${name}`, "utf8"));
  return info === undefined ? undefined : { ...entry, ptsNumber: parseTtyIndex(info) };
}

/** `socket:[123]` → 123, anything with a path → 0 (no path begins with a word and a colon). */
export function parseInode(target: string): number {
  if (target.startsWith("/") || !target.endsWith("]")) return 0;
  const inode = Number(target.slice(target.indexOf(":[") + 2, -1));
  return Number.isInteger(inode) ? inode : 0;
}

/** The `tty-index` of a PTY master's fdinfo: N of its slave /dev/pts/N (Linux 4.14 and later). */
export function parseTtyIndex(fdinfo: string): number | undefined {
  const found = /^tty-index:\s*(\d+)$/m.exec(fdinfo);
  return found ? Number(found[1]) : undefined;
}

/** Undefined where the fd was closed in the meantime; other errors mean that the list is not readable. */
function textOf(look: () => string): string | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
