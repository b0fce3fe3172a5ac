import type { Clock } from "../model/clock.js";
import type { TickLine } from "../model/record.js";
import type { Glance } from "../target/glance.js";
import type { Target } from "../target/target.js";
import type { Marks } from "./marks.js";

export interface TickerOptions {
  readonly target: Pick<Target, "glance" | "usage">;
  readonly clock: Clock;
  /** Told who runs, at each glance: what is short-lived is gone at the next sample. */
  readonly marks: Pick<Marks, "see">;
  readonly operations: () => number;
  readonly onTick: (tick: TickLine) => void;
  /** Absent = as often as a command in a PTY needs, which may live for a fraction of a second. */
  readonly glancesPerTick?: number | undefined;
}

const tickEveryMs = 1000;
const usualGlances = 5;

type Most = Pick<Glance, "processes" | "ptys">;

/** Looks at the target while the run goes, and tells once a second; `stop` waits for the look under way. */
export class Ticker {
  readonly #options: TickerOptions;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(options: TickerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = this.#loop();
    // Told by stop(); a rejection that nobody waits for yet would end the tool.
    this.#running.catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #loop(): Promise<void> {
    const { clock, target, marks, glancesPerTick = usualGlances } = this.#options;
    const { signal } = this.#stopping;
    let most: Most = { processes: 0, ptys: undefined };
    for (let glances = 0; !signal.aborted; glances++) {
      const glance = target.glance();
      marks.see(glance.running);
      most = highest(most, glance);
      if (glances % glancesPerTick === 0) {
        await this.#tick(most);
        most = { processes: 0, ptys: undefined };
      }
      await clock.sleep(tickEveryMs / glancesPerTick, signal);
    }
  }

  async #tick(most: Most): Promise<void> {
    const { target, clock, operations, onTick } = this.#options;
    const usage = await target.usage();
    if (this.#stopping.signal.aborted) return;
    onTick({
      type: "tick",
      atMs: clock.now(),
      monotonicMs: Math.round(clock.monotonic()),
      operations: operations(),
      processes: Math.max(usage.processes, most.processes),
      fds: usage.fds,
      fdsOfLargest: usage.fdsOfLargest,
      ptys: most.ptys,
      cpuPercent: usage.cpuPercent,
      rssBytes: usage.rssBytes,
      ...ownCost(),
    });
  }
}

/** The most of each that was seen at either. */
function highest(a: Most, b: Most): Most {
  const ptys = [a.ptys, b.ptys].filter((count) => count !== undefined);
  return {
    processes: Math.max(a.processes, b.processes),
    ptys: ptys.length === 0 ? undefined : Math.max(...ptys),
  };
}

/** What the tool itself costs, so that every report can say it. */
function ownCost(): Pick<TickLine, "ownRssBytes" | "ownCpuMs"> {
  const { user, system } = process.cpuUsage();
  return { ownRssBytes: process.memoryUsage.rss(), ownCpuMs: Math.round((user + system) / 1000) };
}
