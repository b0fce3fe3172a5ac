<<<<<<< HEAD
import type { Engine } from "../model/engine.js";
import { Accepted } from "./accepted.js";
=======
import type { LoadLine } from "../model/record.js";
import type { Engine } from "../model/engine.js";
>>>>>>> main
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
<<<<<<< HEAD
      const sinceMs = this.#sinceMs ?? (await this.#begin());
      await this.#slot(number, sinceMs);
=======
      if (this.#sinceMs === undefined) await this.#begin();
      const sinceMs = this.#sinceMs ?? clock.monotonic();
      await clock.sleep(Math.max(0, sinceMs + this.#slotMs - clock.monotonic()), fate.ending);
      if (fate.dead.aborted) return;
      const line = await this.#line(number);
      const nowMs = clock.monotonic();
      journal.load(line, this.#counter ? line.landed : (nowMs - sinceMs) / 1000);
      this.#outside.begin();
      this.#sinceMs = nowMs;
>>>>>>> main
    } catch (error) {
      if (!(error instanceof Unlanded)) throw error;
      fate.stalled(error.message);
    }
  }

<<<<<<< HEAD
  async #slot(batch: number, sinceMs: number): Promise<void> {
    const { clock, fate, journal } = this.#options;
    await clock.sleep(Math.max(0, sinceMs + this.#slotMs - clock.monotonic()), fate.ending);
    if (fate.dead.aborted) return;
    const connections = this.#accepted.more();
    const landed = await this.#counter?.risen();
    const nowMs = clock.monotonic();
    const told = { landed: landed ?? 0, failed: 0, source: this.#counter?.source ?? "nobody" };
    const seconds = (nowMs - sinceMs) / 1000;
    journal.load({ type: "load", atMs: clock.now(), batch, ...told, connections }, landed ?? seconds);
    this.#sinceMs = nowMs;
=======
  async #line(batch: number): Promise<LoadLine> {
    const { connections } = this.#outside.end();
    const landed = (await this.#counter?.risen()) ?? 0;
    const source = this.#counter?.source ?? "nobody";
    return { type: "load", atMs: this.#options.clock.now(), batch, landed, failed: 0, source, connections };
>>>>>>> main
  }

  /** What came before the first slot is nobody's. */
  async #begin(): Promise<number> {
    await this.#counter?.risen();
    this.#accepted.more();
    return this.#options.clock.monotonic();
  }
}
