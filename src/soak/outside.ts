import type { Clock } from "../model/clock.js";
import { valueOf } from "../model/reading.js";
import { processKey } from "../model/resource.js";
import { readRunNs } from "../proc/schedstat.js";
import { readStat } from "../proc/stat.js";
import type { Target } from "../target/target.js";
import { Accepted } from "./accepted.js";

/** What was seen of a load without asking who made it. */
export interface Seen {
  /** Connections accepted in the target's network namespace, by whoever listens there; undefined = not readable. */
  readonly connections: number | undefined;
  /** At a look in its midst the target held more file descriptors than before it; undefined = not readable. */
  readonly opened: boolean | undefined;
  /** What the target used of the processors, at the least; Infinity where processes of it came to an end. */
  readonly runNs: number;
}

interface OutsideOptions {
  readonly target: Pick<Target, "sample" | "members" | "pid">;
  readonly port: number;
  readonly procRoot: string;
  readonly clock: Clock;
}

/** A look costs a stat of one folder for each process; none is taken any more once it has shown something. */
const lookEveryMs = 50;
const plain = { fds: false, memory: false, sockets: false } as const;
/** Of /proc/PID/stat; user space is told the same number on every architecture. */
const nsPerTick = 10_000_000;

/** Looks at the target from outside while an engine runs. */
export class Outside {
  readonly #options: OutsideOptions;
  readonly #accepted: Accepted;

  constructor(options: OutsideOptions) {
    this.#options = options;
    this.#accepted = new Accepted(options);
  }

  /** What was seen while the work lasted. */
  async during<T>(work: () => Promise<T>): Promise<readonly [T, Seen]> {
    const level = this.#heldNow();
    const ran = this.#ranNow();
    this.#accepted.more();
    const over = new AbortController();
    const opened = level === undefined ? undefined : this.#opensMore(level, over.signal);
    try {
      const done = await work();
      const connections = this.#accepted.more();
      const runNs = this.#usedSince(ran);
      over.abort();
      return [done, { connections, opened: await opened, runNs }];
    } finally {
      over.abort();
    }
  }

  async #opensMore(level: number, over: AbortSignal): Promise<boolean> {
    while (!over.aborted) {
      if ((this.#heldNow() ?? 0) > level) return true;
      await this.#options.clock.sleep(lookEveryMs, over);
    }
    return false;
  }

  #heldNow(): number | undefined {
    const counts = this.#options.target.sample(plain).processes.map(({ fdCount }) => fdCount);
    const known = counts.filter((count) => count !== undefined);
    return known.length === 0 ? undefined : known.reduce((sum, count) => sum + count, 0);
  }

  #usedSince(before: ReadonlyMap<string, number>): number {
    const now = this.#ranNow();
    if ([...before.keys()].some((key) => !now.has(key))) return Number.POSITIVE_INFINITY;
    const used = [...now].map(([key, ns]) => Math.max(0, ns - (before.get(key) ?? 0)));
    return used.reduce((sum, ns) => sum + ns, 0);
  }

  /** By process: to the nanosecond where the kernel tells that, and with the threads that ended, to a tick. */
  #ranNow(): ReadonlyMap<string, number> {
    const { target, procRoot } = this.#options;
    const stats = target.members().flatMap(({ pid }) => valueOf(readStat(procRoot, pid)) ?? []);
    return new Map(
      stats.map((stat) => {
        const ticksNs = (stat.utimeTicks + stat.stimeTicks) * nsPerTick;
        return [processKey(stat), Math.max(ticksNs, valueOf(readRunNs(procRoot, stat.pid)) ?? 0)];
      }),
    );
  }
}
