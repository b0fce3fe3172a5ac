import type { Engine } from "../model/scenario.js";
import type { Batch } from "./batch.js";
import { Counter } from "./counter.js";
import type { ForeignLoad, ForeignLoadOptions } from "./foreign-load.js";
import { Outside } from "./outside.js";
import { Unlanded } from "./unlanded.js";

type External = Extract<Engine, { kind: "external" }>;

/** A load that goes on elsewhere: a batch is what comes in one slot of time. */
export class ExternalLoad implements ForeignLoad {
  readonly #options: ForeignLoadOptions;
  readonly #slotMs: number;
  readonly #counter: Counter | undefined;
  readonly #outside: Outside;
  #sinceMs: number | undefined;

  constructor(options: ForeignLoadOptions, { count, slotMs }: External) {
    const { endpoint, target, procRoot } = options;
    this.#options = options;
    this.#slotMs = slotMs;
    this.#counter = count && new Counter(count, endpoint.values);
    this.#outside = new Outside({ target, port: endpoint.port, procRoot });
  }

  async runBatch({ number }: Batch): Promise<void> {
    const { clock, fate, journal } = this.#options;
    try {
      if (this.#sinceMs === undefined) await this.#begin();
      const sinceMs = this.#sinceMs ?? clock.monotonic();
      await clock.sleep(Math.max(0, sinceMs + this.#slotMs - clock.monotonic()), fate.ending);
      if (fate.dead.aborted) return;
      const { connections } = this.#outside.end();
      const landed = (await this.#counter?.risen()) ?? 0;
      const nowMs = clock.monotonic();
      const source = this.#counter?.source ?? "nobody";
      const line = {
        type: "load",
        atMs: clock.now(),
        batch: number,
        landed,
        failed: 0,
        source,
        connections,
      } as const;
      journal.load(line, this.#counter ? landed : (nowMs - sinceMs) / 1000);
      this.#outside.begin();
      this.#sinceMs = nowMs;
    } catch (error) {
      if (!(error instanceof Unlanded)) throw error;
      fate.stalled(error.message);
    }
  }

  /** What came before the first slot is nobody's. */
  async #begin(): Promise<void> {
    await this.#counter?.risen();
    this.#outside.begin();
    this.#sinceMs = this.#options.clock.monotonic();
  }
}
