import { setTimeout as sleep } from "node:timers/promises";
import type { ProcStat } from "../proc/stat.js";
import type { Cgroup } from "./cgroup.js";
import type { Family } from "./family.js";

/** Between two looks: long enough for the kernel to end what was killed. */
const roundMs = 20;

/** A look can miss a child whose parent ended while the list was read; so many empty ones in a row are believed. */
const emptyLooks = 3;

export interface KillOptions {
  readonly family: Family;
  readonly cgroup: Cgroup | undefined;
  /** Bounds the rounds; what is left then cannot be killed (state D, or another user's). */
  readonly withinMs: number;
}

/** Sends SIGKILL to every member in rounds, until none runs or the time is over. Returns who still does. */
export async function killAll(options: KillOptions): Promise<ProcStat[]> {
  let rounds = Math.ceil(options.withinMs / roundMs);
  let empty = 0;
  for (;;) {
    options.cgroup?.kill();
    const left = options.family.running();
    for (const member of left) sendSignal(member.pid, "SIGKILL");
    empty = left.length === 0 ? empty + 1 : 0;
    rounds -= 1;
    if (empty === emptyLooks || rounds <= 0) return left;
    await sleep(roundMs);
  }
}

/** False where the process is gone, or is not ours to signal. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
