import { readdirSync, readlinkSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { listPids } from "../../src/proc/pids.js";
import { readStat } from "../../src/proc/stat.js";

/** What this very process holds: its fds by what they point to, PTYs among them, and its children. */
export interface Held {
  readonly fds: readonly string[];
  readonly children: readonly string[];
}

export function held(): Held {
  return { fds: fds().sort(), children: children().sort() };
}

/** Polls, since a close may need a turn of the event loop. Returns the last look for the assertion. */
export async function heldAfter(before: Held): Promise<Held> {
  const same = (): boolean => JSON.stringify(held()) === JSON.stringify(before);
  await until(same, 3000).catch(() => undefined);
  return held();
}

export async function until(condition: () => boolean, limitMs = 10_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not within ${limitMs} ms: ${String(condition)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** True while there is such a process that has not exited. */
export function isAlive(pid: number): boolean {
  const stat = readStat("/proc", pid);
  return stat.ok && stat.value.state !== "Z";
}

export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/lifecycle/${name}`, import.meta.url));
}

function fds(): string[] {
  return readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return [];
    }
  });
}

function children(): string[] {
  const pids = listPids("/proc");
  if (!pids.ok) throw new Error(pids.gap.why);
  return pids.value.flatMap((pid) => {
    const stat = readStat("/proc", pid);
    return stat.ok && stat.value.ppid === process.pid ? [`${pid} ${stat.value.state}`] : [];
  });
}
