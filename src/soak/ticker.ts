import type { Clock } from "../model/clock.js";
import type { TickLine } from "../model/record.js";
import type { Target } from "../target/target.js";

export interface TickerOptions {
  readonly target: Target;
  readonly clock: Clock;
  readonly operations: () => number;
  readonly onTick: (tick: TickLine) => void;
}

const everyMs = 1000;

/** Looks at the target once a second while the run goes; `stop` waits for the look under way. */
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
    const { clock } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#tick();
      await clock.sleep(everyMs, signal);
    }
  }

  async #tick(): Promise<void> {
    const { target, clock, operations, onTick } = this.#options;
    const usage = await target.usage();
    if (this.#stopping.signal.aborted) return;
    onTick({
      type: "tick",
      atMs: clock.now(),
      operations: operations(),
      processes: usage.processes,
      fds: usage.fds,
      fdsOfLargest: usage.fdsOfLargest,
      cpuPercent: usage.cpuPercent,
      rssBytes: usage.rssBytes,
      ...ownCost(),
    });
  }
}

/** What the tool itself costs, so that every report can say it. */
function ownCost(): Pick<TickLine, "ownRssBytes" | "ownCpuMs"> {
  const { user, system } = process.cpuUsage();
  return { ownRssBytes: process.memoryUsage.rss(), ownCpuMs: Math.round((user + system) / 1000) };
}
