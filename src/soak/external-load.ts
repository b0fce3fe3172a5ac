import type { Engine } from "../model/engine.js";
import { Accepted } from "./accepted.js";
import type { Batch } from "./batch.js";
import { Counter } from "./counter.js";
import type { ForeignLoad, ForeignLoadOptions } from "./foreign-load.js";
import { Unlanded } from "./unlanded.js";

type External = Extract<Engine, { kind: "external" }>;

/** A load that goes on elsewhere: a batch is what comes in one slot of time. */
export class ExternalLoad implements ForeignLoad {
  readonly #options: ForeignLoadOptions;
  readonly #slotMs: number;
  readonly #counter: Counter | undefined;
  readonly #accepted: Accepted;
  #sinceMs: number | undefined;
  #watchedMs = 0;

  constructor(options: ForeignLoadOptions, { count, slotMs }: External) {
    const { endpoint, target, procRoot } = options;
    this.#options = options;
    this.#slotMs = slotMs;
    this.#counter = count && new Counter(count, endpoint.values);
    this.#accepted = new Accepted({ target, port: endpoint.port, procRoot });
  }

  async runBatch({ number }: Batch): Promise<void> {
    const { fate } = this.#options;
    try {
      const sinceMs = this.#sinceMs ?? (await this.#begin());
      await this.#slot(number, sinceMs);
    } catch (error) {
      if (!(error instanceof Unlanded)) throw error;
      fate.stalled(error.message);
    }
  }

  async #slot(batch: number, sinceMs: number): Promise<void> {
    const { clock, fate, journal } = this.#options;
    await clock.sleep(Math.max(0, sinceMs + this.#slotMs - clock.monotonic()), fate.ending);
    if (fate.dead.aborted) return;
    const connections = this.#accepted.more();
    const landed = await this.#counter?.risen();
    const nowMs = clock.monotonic();
    const told = { landed: landed ?? 0, failed: 0, source: this.#counter?.source ?? "nobody" };
    const exposure = landed ?? this.#secondsMore(nowMs - sinceMs);
    journal.load({ type: "load", atMs: clock.now(), batch, ...told, connections }, exposure);
    this.#sinceMs = nowMs;
  }

  /** Whole ones, which count to a whole in the end, too. */
  #secondsMore(ms: number): number {
    const before = Math.round(this.#watchedMs / 1000);
    this.#watchedMs += ms;
    return Math.round(this.#watchedMs / 1000) - before;
  }

  /** What came before the first slot is nobody's. */
  async #begin(): Promise<number> {
    await this.#counter?.risen();
    this.#accepted.more();
    return this.#options.clock.monotonic();
  }
}
