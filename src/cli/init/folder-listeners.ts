import { readlinkSync } from "node:fs";
import { sep } from "node:path";
import { valueOf } from "../../model/reading.js";
import { readCmdline } from "../../proc/cmdline.js";
import { readFds } from "../../proc/fd.js";
import { readListening } from "../../proc/listening.js";
import { seenPids } from "../../proc/pids.js";
import type { Listener } from "../../setup/project.js";

/** The processes that listen on a TCP port, and whose working folder is this one or below it; none where /proc is not. */
export function folderListeners(procRoot: string, folder: string): Listener[] {
  const sockets = valueOf(readListening(procRoot, process.pid)) ?? [];
  if (sockets.length === 0) return [];
  const ports = new Map(sockets.map(({ inode, port }) => [inode, port]));
  return seenPids(procRoot).flatMap((pid) => {
    if (pid === process.pid || !isWithin(procRoot, pid, folder)) return [];
    const held = (valueOf(readFds(procRoot, pid)) ?? []).flatMap(({ inode, target }) => {
      const port = target.startsWith("socket:") ? ports.get(inode) : undefined;
      return port === undefined ? [] : [port];
    });
    const words = valueOf(readCmdline(procRoot, pid)) ?? [];
    return [...new Set(held)].map((port) => ({ port, pid, words }));
  });
}

function isWithin(procRoot: string, pid: number, folder: string): boolean {
  try {
    return `${readlinkSync(`${procRoot}/${pid}/cwd`)}${sep}`.startsWith(`${folder}${sep}`);
  } catch {
    return false;
  }
}
