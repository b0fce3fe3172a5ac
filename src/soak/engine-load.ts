import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { type EngineEnd, runEngine } from "../engine/run-engine.js";
import type { Tally } from "../engine/said.js";
import type { Engine } from "../model/engine.js";
import { formatDuration } from "../model/units.js";
import { fillPlaceholders } from "../target/command.js";
import { type Batch, batchName } from "./batch.js";
import { claimAgainst } from "./claims.js";
import { EngineCount } from "./engine-count.js";
import { EngineTree } from "./engine-tree.js";
import type { ForeignLoad, ForeignLoadOptions } from "./foreign-load.js";
import { lastWords } from "./last-words.js";
import { Outside, type Seen } from "./outside.js";
import { Unlanded } from "./unlanded.js";

type Started = Extract<Engine, { kind: "command" }>;

/** Starts the engine for each batch, and holds what it says against what was seen from outside. */
export class EngineLoad implements ForeignLoad {
  readonly #options: ForeignLoadOptions;
  readonly #engine: Started;
  readonly #count: EngineCount;
  readonly #outside: Outside;
  /** For what it writes; there while it runs. */
  readonly #folder: string;

  constructor(options: ForeignLoadOptions, engine: Started) {
    const { endpoint, target, procRoot, folder, clock } = options;
    this.#options = options;
    this.#engine = engine;
    this.#count = new EngineCount(engine.count, endpoint.values);
    this.#outside = new Outside({ target, port: endpoint.port, procRoot, clock });
    this.#folder = resolve(join(folder, "engine"));
  }

  /** @throws Problem exit 4 when the engine cannot be started. */
  async runBatch(batch: Batch): Promise<void> {
    const { fate } = this.#options;
    try {
      if (!fate.ending.aborted) await this.#runCounted(batch);
    } catch (error) {
      if (!(error instanceof Unlanded)) throw error;
      fate.stalled(`the load did not land in ${batchName(batch)}: ${error.message}`);
    } finally {
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }

  async #runCounted(batch: Batch): Promise<void> {
    mkdirSync(this.#folder, { recursive: true });
    // What the tool itself asks of the target must not be taken for load.
    await this.#count.begin();
    const [end, seen] = await this.#outside.during(() => this.#run(batch));
    if (end.ended !== "stopped") this.#requireEnd(end);
    const tally = await this.#told(end);
    if (!tally) return;
    const { journal, clock } = this.#options;
    const { connections } = seen;
    const source = this.#count.source;
    journal.load({ type: "load", atMs: clock.now(), batch: batch.number, ...tally, source, connections });
    if (end.ended !== "stopped") this.#requireLanded(tally, seen);
  }

  /** Undefined where it was stopped before it could tell. */
  async #told(end: EngineEnd): Promise<Tally | undefined> {
    try {
      return await this.#count.end(end, this.#reportPath);
    } catch (error) {
      if (end.ended !== "stopped") throw error;
      this.#options.journal.note("the engine was stopped before it told how much it did");
      return undefined;
    }
  }

  #requireEnd(end: EngineEnd): void {
    const { withinMs, command } = this.#engine;
    const name = command[0] ?? "";
    if (end.ended === "overdue")
      throw new Unlanded(
        `${name} did not end within ${formatDuration(withinMs)}, and was ended; load.within gives it more time${lastWords(end)}`,
      );
    if (end.exitCode === 0) return;
    const how = end.exitSignal === null ? `exit code ${end.exitCode}` : `ended by ${end.exitSignal}`;
    throw new Unlanded(`${name} failed: ${how}${lastWords(end)}`);
  }

  #requireLanded(tally: Tally, seen: Seen): void {
    const { source } = this.#count;
    if (tally.landed === 0) throw new Unlanded(`by ${source} none of ${tally.failed} operations landed`);
    const against = claimAgainst(tally, seen);
    if (against === undefined) return;
    const { port } = this.#options.endpoint;
    throw new Unlanded(
      `by ${source} ${tally.landed} operations landed, but ${against}: see whether the engine asks port ${port}`,
    );
  }

  #run({ number, operations }: Batch): Promise<EngineEnd> {
    const { endpoint, scenario, target, procRoot, fate } = this.#options;
    const tree = new EngineTree(procRoot);
    const words = fillPlaceholders(this.#engine.command, {
      ...endpoint.values,
      url: endpoint.spec.url,
      operations: String(operations),
      concurrency: String(Math.min(scenario.load.concurrency, operations)),
      batch: String(number),
      out: this.#reportPath,
    });
    return runEngine({
      words,
      env: tree.env(),
      onStart: (pid) => {
        tree.begin(pid);
        target.guard(pid);
      },
      endTree: (gracious) => tree.end(gracious),
      withinMs: this.#engine.withinMs,
      signal: fate.ending,
    });
  }

  get #reportPath(): string {
    // Artillery takes a name without an ending for a folder.
    return join(this.#folder, "out.json");
  }
}
