import type { Clock } from "../model/clock.js";
import { valueOf } from "../model/reading.js";
import { processKey } from "../model/resource.js";
import { countFds } from "../proc/fd-count.js";
import { readPageSize } from "../proc/page-size.js";
import { hasExited, type ProcStat } from "../proc/stat.js";
import type { Usage } from "./usage.js";

export interface TreeLookOptions {
  readonly procRoot: string;
  readonly clock: Pick<Clock, "monotonic">;
  readonly look: () => readonly ProcStat[];
}

/** USER_HZ: what the kernel counts processor time in for /proc, on every machine that Node runs on (time(7)). */
const ticksPerSecond = 100;

interface Seen {
  readonly atMs: number;
  readonly ticks: ReadonlyMap<string, number>;
}

/**
 * Live looks at many processes from one reading of /proc/PID/stat each, which a tree of hundreds can be asked for once
 * a second.
 */
export class TreeLook {
  readonly #options: TreeLookOptions;
  readonly #pageBytes: number;
  #seen: Seen | undefined;

  constructor(options: TreeLookOptions) {
    this.#options = options;
    this.#pageBytes = readPageSize(options.procRoot);
  }

  /** The processor's share is that since the last call; undefined at the first. */
  usage(): Usage {
    const { procRoot, clock, look } = this.#options;
    const running = look().filter((stat) => !hasExited(stat));
    const counts = running
      .map(({ pid }) => valueOf(countFds(procRoot, pid)))
      .filter((count) => count !== undefined);
    return {
      cpuPercent: this.#cpuPercent(running, clock.monotonic()),
      rssBytes:
        running.length === 0 ? undefined : total(running.map(({ rssPages }) => rssPages)) * this.#pageBytes,
      processes: running.length,
      fds: counts.length === 0 ? undefined : total(counts),
      fdsOfLargest: counts.length === 0 ? undefined : counts.reduce((a, b) => Math.max(a, b), 0),
    };
  }

  /** Of those that were there before: what one that is new has used may be of long ago. */
  #cpuPercent(running: readonly ProcStat[], atMs: number): number | undefined {
    const before = this.#seen;
    const ticks = new Map(running.map((stat) => [processKey(stat), stat.utimeTicks + stat.stimeTicks]));
    this.#seen = { atMs, ticks };
    if (!before || atMs <= before.atMs) return undefined;
    const used = [...ticks].map(([key, now]) => now - (before.ticks.get(key) ?? now));
    return (total(used) / ticksPerSecond / ((atMs - before.atMs) / 1000)) * 100;
  }
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
