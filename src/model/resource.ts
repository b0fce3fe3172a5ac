import type { Gap } from "./reading.js";

/**
 * Identity of a process. The start time (clock ticks since boot, field 22 of
 * /proc/PID/stat) tells a re-used pid from the process that had it before.
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTicks: number;
}

/** One open file descriptor. Identity: (pid, fd, target, inode). */
export interface FdEntry {
  /** Its number. */
  readonly fd: number;
  /** What /proc/PID/fd/N links to, e.g. `socket:[123]`, `/dev/ptmx`, `pipe:[9]`. */
  readonly target: string;
  /** Of what it points to. */
  readonly inode: number;
  /** For a PTY master: the number N of its slave /dev/pts/N (`tty-index` in fdinfo). */
  readonly ptsNumber?: number | undefined;
  /** For a socket that /proc/PID/net knows. */
  readonly socket?: SocketEntry | undefined;
}

/** A line of /proc/PID/net/{tcp,tcp6,unix}. */
export interface SocketEntry {
  /** Its table in the kernel. */
  readonly protocol: "tcp" | "tcp6" | "unix";
  readonly inode: number;
  /** `ESTABLISHED`, `CLOSE_WAIT`, `LISTEN`, … (include/net/tcp_states.h) */
  readonly state: string;
  /** `127.0.0.1:8080`, `[::1]:8080`, or the path of a Unix socket. */
  readonly local: string;
  /** As `local`; empty for a Unix socket. */
  readonly peer: string;
}

export interface ProcessMemory {
  /** Resident set. */
  readonly rssBytes: number;
  /** Proportional set size, from smaps_rollup; absent on old kernels or without permission. */
  readonly pssBytes?: number | undefined;
  /** Private anonymous memory (Anonymous of smaps_rollup, else RssAnon of status). */
  readonly anonymousBytes?: number | undefined;
}

/** Everything that is known of one process at an instant. Absent = not readable (see gaps). */
export interface ProcessEntry extends ProcessIdentity {
  /** Parent. */
  readonly ppid: number;
  /** Process group. */
  readonly pgid: number;
  /** Session. */
  readonly sid: number;
  /** One letter of /proc/PID/stat: R S D Z T t X I. */
  readonly state: string;
  /** The `comm` name. */
  readonly name: string;
  /** The command line, words joined by a space; empty for a zombie. */
  readonly command: string;
  /** How many. */
  readonly threads: number;
  readonly fds?: readonly FdEntry[] | undefined;
  /** Present even where the fds themselves cannot be listed. */
  readonly fdCount?: number | undefined;
  readonly softFdLimit?: number | undefined;
  readonly memory?: ProcessMemory | undefined;
  /** The operation whose session id was seen in it, while it could be read. */
  readonly mark?: SessionMark | undefined;
}

/** An operation's session id, found in a process that the target started. */
export interface SessionMark {
  /** Its number. */
  readonly operation: number;
  /** Where the session id was seen. */
  readonly where: "arguments" | "environment";
}

/** A PTY held by a process. Identity: (pts number, holder). */
export interface PtyHold {
  readonly ptsNumber: number;
  readonly side: "master" | "slave";
  readonly holder: ProcessIdentity;
  readonly fd: number;
}

/** A tree of processes as it was at one instant. */
export interface TreeSample {
  readonly processes: readonly ProcessEntry[];
  readonly gaps: readonly Gap[];
}

export function isZombie(entry: Pick<ProcessEntry, "state">): boolean {
  return entry.state === "Z" || entry.state === "X";
}

/** The key under which a process is the same one in two samples. */
export function processKey(identity: ProcessIdentity): string {
  return `${identity.pid}@${identity.startTicks}`;
}

/** The key under which an fd is the same one in two samples. */
export function fdKey(holder: ProcessIdentity, entry: FdEntry): string {
  return `${processKey(holder)}/${entry.fd}=${entry.target}#${entry.inode}`;
}

/** The PTYs that the processes hold; a slave is known by its path, a master by its pts number. */
export function ptyHolds(processes: readonly (ProcessIdentity & Pick<ProcessEntry, "fds">)[]): PtyHold[] {
  return processes.flatMap((holder) =>
    (holder.fds ?? []).flatMap((entry) => {
      const hold = ptyOf(entry);
      const { pid, startTicks } = holder;
      return hold ? [{ ...hold, holder: { pid, startTicks }, fd: entry.fd }] : [];
    }),
  );
}

function ptyOf(entry: FdEntry): Pick<PtyHold, "ptsNumber" | "side"> | undefined {
  if (entry.target.endsWith("/ptmx") && entry.ptsNumber !== undefined) {
    return { ptsNumber: entry.ptsNumber, side: "master" };
  }
  const slave = /^\/dev\/pts\/(\d+)/.exec(entry.target);
  return slave ? { ptsNumber: Number(slave[1]), side: "slave" } : undefined;
}
