import { setTimeout as sleep } from "node:timers/promises";
import { processKey } from "../model/resource.js";
import type { ProcStat } from "../proc/stat.js";
import type { Cgroup } from "./cgroup.js";
import type { Family } from "./family.js";

/** Between two looks: long enough for the kernel to end what was killed. */
const roundMs = 20;

/** A look can miss a child whose parent ended while the list was read; so many empty ones in a row are believed. */
const emptyLooks = 3;

/** A fork bomb grows faster than it can be stopped; past this it is killed unstopped. */
const mostFrozen = 10_000;

export interface KillOptions {
  readonly family: Family;
  readonly cgroup: Cgroup | undefined;
  /** Bounds the rounds; what is left then cannot be killed (state D, or another user's). */
  readonly withinMs: number;
}

/** Stops and kills every member in rounds, until none runs or the time is over. Returns who still does. */
export async function killAll(options: KillOptions): Promise<ProcStat[]> {
  let rounds = Math.ceil(options.withinMs / roundMs);
  let empty = 0;
  for (;;) {
    options.cgroup?.kill();
    const left = freeze(options.family);
    for (const member of left) sendSignal(member.pid, "SIGKILL");
    empty = left.length === 0 ? empty + 1 : 0;
    rounds -= 1;
    if (empty === emptyLooks || rounds <= 0) return left;
    await sleep(roundMs);
  }
}

/**
 * Stops all members before the first of them is killed: a child that was forked since the look is still below its
 * parent then, whereas below a killed one nothing would tell whose it was. Returns who runs, stopped now.
 */
function freeze(family: Family): ProcStat[] {
  const frozen = new Set<string>();
  for (;;) {
    const left = family.running();
    const fresh = left.filter((member) => !frozen.has(processKey(member)));
    for (const member of fresh) sendSignal(member.pid, "SIGSTOP");
    for (const member of fresh) frozen.add(processKey(member));
    if (fresh.length === 0 || frozen.size > mostFrozen) return left;
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
