import { brokeProblem, type Problem, usageProblem } from "../model/problem.js";
import { valueOf } from "../model/reading.js";
import { readFds } from "../proc/fd.js";
import { type ListeningSocket, readListening } from "../proc/listening.js";
import { readNetNamespace } from "../proc/net-namespace.js";
import { seenPids } from "../proc/pids.js";
import { hasExited, type ProcStat, readStat } from "../proc/stat.js";
import type { Search } from "./find-pid.js";
import { lineageOf } from "./lineage.js";

/** Service managers hold the sockets that they hand out to services (systemd.socket(5)). */
const managers: readonly string[] = ["systemd", "init"];

/**
 * All that hold a listening socket of this port: several workers with SO_REUSEPORT, or a master and the workers that
 * it shares the socket with.
 * @throws Problem exit 4: nobody listens, or it cannot be seen who does; exit 2: watching it would be watching ourselves.
 */
export function findPort(search: Search, port: number): ProcStat[] {
  const { procRoot, self } = search;
  const sockets = socketsAt(procRoot, self, port);
  if (sockets.length === 0) throw nobody(search, port);
  const holders = holdersOf(procRoot, new Set(sockets.map(({ inode }) => inode)));
  if (holders.length === 0) throw unseen(sockets, port);
  const elders = new Set(lineageOf(procRoot, self).map(({ pid }) => pid));
  const others = holders.filter(({ pid }) => !elders.has(pid));
  if (others.length === 0) throw ourselves(holders, port);
  const servers = others.filter(({ pid, name }) => pid !== 1 && !managers.includes(name));
  return servers.length > 0 ? servers : others;
}

function socketsAt(procRoot: string, pid: number, port: number): ListeningSocket[] {
  return (valueOf(readListening(procRoot, pid)) ?? []).filter((socket) => socket.port === port);
}

function holdersOf(procRoot: string, inodes: ReadonlySet<number>): ProcStat[] {
  return seenPids(procRoot).flatMap((pid) => {
    const fds = valueOf(readFds(procRoot, pid)) ?? [];
    if (!fds.some(({ inode, target }) => inodes.has(inode) && target.startsWith("socket:"))) return [];
    const stat = valueOf(readStat(procRoot, pid));
    return stat && !hasExited(stat) ? [stat] : [];
  });
}

function nobody({ procRoot, self }: Search, port: number): Problem {
  const elsewhere = inOtherNamespace(procRoot, self, port);
  if (elsewhere === undefined) {
    return brokeProblem({
      what: `nobody listens on port ${port}`,
      why: "no TCP socket of this network namespace does",
      fix: "see who listens where: ss -ltnp; a server on a Unix socket is named by its pid",
    });
  }
  return brokeProblem({
    what: `nobody listens on port ${port} here`,
    why: `in the network namespace of process ${elsewhere} somebody does: a container's, most likely`,
    fix: `name its process (pid ${elsewhere} or one beside it), or go there: nsenter -t ${elsewhere} -n watertight …`,
  });
}

/** A process of another network namespace in which the port is listened on. */
function inOtherNamespace(procRoot: string, self: number, port: number): number | undefined {
  const looked = new Set([valueOf(readNetNamespace(procRoot, self))]);
  return seenPids(procRoot).find((pid) => {
    const namespace = valueOf(readNetNamespace(procRoot, pid));
    if (namespace === undefined || looked.has(namespace)) return false;
    looked.add(namespace);
    return socketsAt(procRoot, pid, port).length > 0;
  });
}

function unseen(sockets: readonly ListeningSocket[], port: number): Problem {
  const owners = [...new Set(sockets.map(({ uid }) => uid))].join(", ");
  const own = process.getuid?.();
  return brokeProblem({
    what: `cannot see who listens on port ${port}`,
    why: `its socket belongs to uid ${owners}, you are uid ${own}; it may also be of another PID namespace`,
    fix: `run as ${own === 0 ? "root with CAP_SYS_PTRACE" : "root"} or as uid ${owners}, or name the server's process by its pid`,
  });
}

function ourselves(holders: readonly ProcStat[], port: number): Problem {
  const who = holders.map(({ pid, name }) => `${pid} (${name})`).join(", ");
  return usageProblem({
    what: `port ${port} is held by ${who}, below which watertight was started`,
    why: "it would measure itself",
    fix: "start watertight from another shell",
  });
}
