import type { Clock } from "../model/clock.js";
import { valueOf } from "../model/reading.js";
import { processKey } from "../model/resource.js";
import { countFds } from "../proc/fd-count.js";
import { readPageSize } from "../proc/page-size.js";
import { hasExited, type ProcStat } from "../proc/stat.js";
import { type Glance, glanceAt } from "./glance.js";
import type { Usage } from "./usage.js";

export interface TreeLookOptions {
  readonly procRoot: string;
  readonly clock: Pick<Clock, "monotonic">;
  readonly look: () => readonly ProcStat[];
}

/** USER_HZ: what the kernel counts processor time in for /proc, on every machine that Node runs on (time(7)). */
const ticksPerSecond = 100;

/** A look is of now for so long: a tick asks for a glance and for the usage, and one reading does for both. */
const freshMs = 50;

interface Seen {
  readonly atMs: number;
  readonly running: readonly ProcStat[];
  /** Of their fds, by pid. */
  readonly counts: ReadonlyMap<number, number>;
}

interface Used {
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
  #used: Used | undefined;

  constructor(options: TreeLookOptions) {
    this.#options = options;
    this.#pageBytes = readPageSize(options.procRoot);
  }

  glance(): Glance {
    const { running, counts } = this.#look();
    return glanceAt(this.#options.procRoot, running, (pid) => counts.get(pid));
  }

  /** The processor's share is that since the last call; undefined at the first. */
  usage(): Usage {
    const { running, counts, atMs } = this.#look();
    const fds = [...counts.values()];
    return {
      cpuPercent: this.#cpuPercent(running, atMs),
      rssBytes:
        running.length === 0 ? undefined : total(running.map(({ rssPages }) => rssPages)) * this.#pageBytes,
      processes: running.length,
      fds: fds.length === 0 ? undefined : total(fds),
      fdsOfLargest: fds.length === 0 ? undefined : fds.reduce((a, b) => Math.max(a, b)),
    };
  }

  #look(): Seen {
    const { clock, look, procRoot } = this.#options;
    const atMs = clock.monotonic();
    if (this.#seen && atMs - this.#seen.atMs <= freshMs) return this.#seen;
    const running = look().filter((stat) => !hasExited(stat));
    const counts = new Map<number, number>();
    for (const { pid } of running) {
      const count = valueOf(countFds(procRoot, pid));
      if (count !== undefined) counts.set(pid, count);
    }
    this.#seen = { atMs, running, counts };
    return this.#seen;
  }

  /** Of those that were there before: what one that is new has used may be of long ago. */
  #cpuPercent(running: readonly ProcStat[], atMs: number): number | undefined {
    const before = this.#used;
    const ticks = new Map(running.map((stat) => [processKey(stat), stat.utimeTicks + stat.stimeTicks]));
    this.#used = { atMs, ticks };
    if (!before || atMs <= before.atMs) return undefined;
    const used = [...ticks].map(([key, now]) => now - (before.ticks.get(key) ?? now));
    return (total(used) / ticksPerSecond / ((atMs - before.atMs) / 1000)) * 100;
  }
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
