import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Made {
  readonly pid: number;
  readonly ppid?: number;
  readonly startTicks?: number;
  readonly name?: string;
  readonly state?: string;
  readonly cmdline?: string;
  /** Absent = a thread of the kernel, which has none. */
  readonly rssKb?: number;
  /** What its fds link to, from 0 on. */
  readonly fds?: readonly string[];
  /** Lines of its net/tcp, without the header. */
  readonly tcp?: readonly string[];
  readonly netNamespace?: string;
}

const header =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";

/** A line of net/tcp for a socket that listens on 127.0.0.1. */
export function listens(
  port: number,
  { inode, uid = 0 }: { readonly inode: number; readonly uid?: number },
): string {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  return ` 0: 0100007F:${hex} 00000000:0000 0A 00000000:00000000 00:00000000 00000000 ${uid} 0 ${inode} 1 0 100 0 0 10 0`;
}

/** A tree like /proc with these processes and nothing else; remove it afterwards. */
export function madeProc(...processes: readonly Made[]): string {
  const root = mkdtempSync(join(tmpdir(), "watertight-proc-"));
  for (const made of processes) addProcess(root, made);
  return root;
}

/** Adds a process, or lets another one have its pid. */
export function addProcess(root: string, made: Made): void {
  const folder = join(root, String(made.pid));
  for (const name of ["fd", "net", "ns"]) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, "stat"), statOf(made));
  writeFileSync(join(folder, "cmdline"), made.cmdline ?? "");
  writeFileSync(join(folder, "status"), statusOf(made));
  writeFileSync(join(folder, "net/tcp"), [header, ...(made.tcp ?? []), ""].join("\n"));
  for (const [fd, target] of (made.fds ?? []).entries()) symlinkSync(target, join(folder, "fd", String(fd)));
  if (made.netNamespace !== undefined) symlinkSync(`net:[${made.netNamespace}]`, join(folder, "ns/net"));
}

function statOf({ pid, ppid = 1, startTicks = pid, name = "server", state = "S" }: Made): string {
  const rest = `${ppid} ${pid} ${pid} 0 -1 4194560 1 1 0 0 10 5 0 0 20 0 1 0 ${startTicks} 1000 25 18446744073709551615 0`;
  return `${pid} (${name}) ${state} ${rest}\n`;
}

function statusOf({ rssKb }: Made): string {
  const memory = rssKb === undefined ? [] : [`VmRSS:\t${rssKb} kB`];
  return [
    "Name:\tx",
    "Uid:\t0\t0\t0\t0",
    "Gid:\t0\t0\t0\t0",
    ...memory,
    "Threads:\t1",
    "SigCgt:\t0",
    "",
  ].join("\n");
}
