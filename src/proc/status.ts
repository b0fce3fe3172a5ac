import type { Reading } from "../model/reading.js";
import { readKernelFile } from "./kernel-file.js";

/** What is used of /proc/PID/status (proc_pid_status(5)). */
export interface ProcStatus {
  /** Real user and group. */
  readonly uid: number;
  readonly gid: number;
  /** The pid in every pid namespace, the reader's first, the innermost last. Empty before Linux 4.1. */
  readonly nsPids: readonly number[];
  readonly threads: number;
  /** Absent for zombies and kernel threads, which have no memory. */
  readonly rssBytes?: number | undefined;
  /** Linux 4.5 and later. */
  readonly anonymousBytes?: number | undefined;
  /** The signals with a handler; bit 0 is signal 1. */
  readonly caughtSignals: bigint;
}

/** Undefined where a line that every kernel writes is missing. */
export function parseStatus(text: string): ProcStatus | undefined {
  const lines = parseColonLines(text);
  const caught = lines.get("SigCgt") ?? "";
  const uid = firstNumber(lines.get("Uid"));
  const gid = firstNumber(lines.get("Gid"));
  const threads = firstNumber(lines.get("Threads"));
  if (uid === undefined || gid === undefined || threads === undefined) return undefined;
  if (!/^[0-9a-f]+$/i.test(caught)) return undefined;
  return {
    uid,
    gid,
    nsPids: (lines.get("NSpid") ?? "").split(/\s+/).filter(Boolean).map(Number),
    threads,
    rssBytes: parseKilobytes(lines.get("VmRSS")),
    anonymousBytes: parseKilobytes(lines.get("RssAnon")),
    caughtSignals: BigInt(`0x${caught}`),
  };
}

/** Readable for everyone. */
export function readStatus(root: string, pid: number): Reading<ProcStatus> {
  return readKernelFile({ path: `${root}/${pid}/status`, pid, parse: parseStatus });
}

/** True where the process has a handler of its own for the signal with this number (signal(7)). */
export function catchesSignal(status: Pick<ProcStatus, "caughtSignals">, signal: number): boolean {
  return ((status.caughtSignals >> BigInt(signal - 1)) & 1n) === 1n;
}

/** `Key:   value` lines, as in status, smaps_rollup and meminfo. */
export function parseColonLines(text: string): Map<string, string> {
  const lines = new Map<string, string>();
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) lines.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return lines;
}

/** `1660 kB` → 1699840 (these kB are of 1024 bytes). */
export function parseKilobytes(value: string | undefined): number | undefined {
  const found = /^(\d+) kB$/.exec(value ?? "");
  return found ? Number(found[1]) * 1024 : undefined;
}

function firstNumber(value: string | undefined): number | undefined {
  const found = /^\d+/.exec(value ?? "");
  return found ? Number(found[0]) : undefined;
}
