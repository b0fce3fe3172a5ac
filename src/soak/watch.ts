import type { Clock } from "../model/clock.js";
import type { Progress } from "../model/progress.js";
import type { TickLine } from "../model/record.js";
import type { Scenario } from "../model/scenario.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Watching } from "../model/watching.js";
import type { Probe } from "../probe/probe.js";
import { valueOf } from "../model/reading.js";
import { readCmdline } from "../proc/cmdline.js";
import type { AttachedTarget } from "../target/attach.js";
import { type Ending, Fate } from "./fate.js";
import { Growths, type News } from "./growths.js";
import { aside } from "./controlled.js";
import type { Controlled, Controls } from "./controls.js";
import { HoldBack } from "./hold-back.js";
import { Journal } from "./journal.js";
import { OneAtATime } from "./one-at-a-time.js";
import { attachProbes } from "./probes.js";
import { RecordFile } from "./record-file.js";
import { runLine } from "./run-line.js";
import type { SoakOutcome } from "./run.js";
import { takeSnapshot } from "./snapshot.js";
import { Ticker } from "./ticker.js";

export interface WatchOptions {
  readonly target: AttachedTarget;
  /** As it was named: `pid:12`, `port:80`. */
  readonly named: string;
  /** See watchScenario. */
  readonly scenario: Scenario;
  readonly forMs: number;
  readonly everyMs: number;
  /** For paths of probes; 0 = none is known. */
  readonly port: number;
  readonly notes: readonly string[];
  readonly tool: string;
  readonly outDir: string;
  readonly clock: Clock;
  readonly procRoot: string;
  readonly stop: AbortSignal;
  readonly controls?: Controls | undefined;
  readonly onTick: (watching: Watching) => void;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly onNews: (news: News) => void;
}

const looksAtEnds = 3;
const betweenLooksMs = 50;

/** Nobody's sessions are followed, so nothing of the processes is read for them. */
const noMarks = { see: () => undefined, mark: (processes: Snapshot["processes"]) => [...processes] };

/**
 * Watches a target that runs already, and records it: a baseline, a look once each slot in the midst of whatever load
 * there is, and the looks at the end. Nothing is asked of the target but what its probes ask.
 * @throws Problem exit 2: the folder cannot be written; exit 4: the disk is full.
 */
export async function watch(options: WatchOptions): Promise<SoakOutcome> {
  const record = RecordFile.create(options.outDir);
  const { scenario, clock, forMs, everyMs, onProgress } = options;
  const batches = Math.floor(forMs / everyMs);
  const journal = new Journal({
    scenario,
    record,
    clock,
    onProgress: (progress) => onProgress?.({ ...progress, batches, etaMs: undefined }),
  });
  try {
    const ending = await new Watch(options, journal).run();
    journal.write({ type: "end", atMs: clock.now(), ...ending });
  } finally {
    record.close();
  }
  if (journal.problem) throw journal.problem;
  return { folder: record.folder, recordPath: record.path };
}

class Watch {
  readonly #options: WatchOptions;
  readonly #journal: Journal;
  readonly #fate: Fate;
  readonly #growths = new Growths();
  readonly #looking = new OneAtATime();
  /** Undefined before the baseline. */
  #sinceMs: number | undefined;

  constructor(options: WatchOptions, journal: Journal) {
    this.#options = options;
    this.#journal = journal;
    this.#fate = new Fate({ stop: options.stop, unwritable: journal.unwritable });
  }

  async run(): Promise<Ending> {
    const { target, named, procRoot, notes } = this.#options;
    const words = valueOf(readCmdline(procRoot, target.pid)) ?? [];
    const watched = { unit: "seconds" } as const;
    const facts = { ...this.#options, quick: false, plant: undefined, attached: named, watched };
    this.#journal.write(runLine(facts, words));
    this.#journal.enter("start", 0);
    void target.exited.then(() =>
      this.#fate.died(`the target ended after ${this.#seconds()} s of the watch`),
    );
    for (const note of notes) this.#journal.note(note);
    const ticker = this.#ticker();
    ticker.start();
    try {
      await this.#withProbes();
    } finally {
      await ticker.stop();
    }
    return this.#fate.told(target);
  }

  async #withProbes(): Promise<void> {
    const { target, scenario, port, clock, procRoot } = this.#options;
    const asked = { target, wanted: scenario.probes, port, clock, procRoot };
    const { probes, gaps, renew } = await attachProbes(asked);
    for (const { what, why } of gaps) this.#journal.note(`no look inside the target: ${what}: ${why}`);
    const names = [...new Set(probes.map(({ name }) => name))];
    const costs = Object.fromEntries(probes.map(({ name, cost }) => [name, cost]));
    const { pid, follow } = target;
    const started = { atMs: clock.now(), pid, tookMs: 0, follow, probes: names, costs };
    this.#journal.write({ type: "started", ...started });
    const release = this.#options.controls?.attend(this.#controlled({ probes, renew }));
    try {
      await this.#slots({ probes, renew });
    } finally {
      release?.();
      for (const probe of probes) await probe.close();
    }
  }

  async #slots(inside: Inside): Promise<void> {
    const { clock, forMs, everyMs } = this.#options;
    this.#journal.enter("baseline", 0);
    await this.#looks(inside, "baseline", 0);
    const sinceMs = clock.monotonic();
    this.#sinceMs = sinceMs;
    let batch = 0;
    while ((batch + 1) * everyMs <= forMs) {
      await clock.sleep(Math.max(0, sinceMs + (batch + 1) * everyMs - clock.monotonic()), this.#fate.ending);
      if (this.#fate.ending.aborted) break;
      batch++;
      this.#journal.enter("batch", batch);
      await this.#look(inside, "batch", batch);
    }
    if (this.#fate.dead.aborted) return;
    this.#journal.enter("drain", batch);
    await this.#looks(inside, "drain", batch);
  }

  async #looks(inside: Inside, phase: "baseline" | "drain", batch: number): Promise<void> {
    for (let i = 0; i < looksAtEnds && !this.#fate.dead.aborted; i++) {
      if (i > 0) await this.#options.clock.sleep(betweenLooksMs, this.#fate.dead);
      await this.#look(inside, phase, batch);
    }
  }

  async #look(inside: Inside, phase: "baseline" | "batch" | "drain", batch: number): Promise<void> {
    const { target, clock, onNews } = this.#options;
    const looker = { ...inside, target, marks: noMarks, clock, signal: this.#fate.dead, sockets: true };
    // Nobody waits for quiet in the midst of somebody's load, so nothing is to be said of it.
    const moment = { phase, batch, operations: this.#seconds(), quiet: true };
    const snapshot = await this.#looking.run(() => takeSnapshot(looker, moment));
    if (this.#fate.dead.aborted) return;
    this.#journal.snapshot(snapshot);
    for (const news of this.#growths.looked(snapshot)) onNews(news);
  }

  /** Nobody here makes the load, so it cannot be held back; but the tool can be suspended. */
  #controlled(inside: Inside): Controlled {
    const { target, clock } = this.#options;
    const holdBack = new HoldBack({ clock, journal: this.#journal });
    const looker = { ...inside, target, marks: noMarks, clock, signal: this.#fate.dead };
    const at = { journal: this.#journal, looking: this.#looking, fate: this.#fate };
    return {
      onPause: () => undefined,
      onResume: () => holdBack.resume(),
      onSuspend: () => holdBack.suspend(),
      busy: () => this.#looking.size,
      look: () => aside(looker, at),
    };
  }

  #ticker(): Ticker {
    const { target, clock, forMs, onTick } = this.#options;
    const onEach = (tick: TickLine): void => {
      this.#journal.tick(tick);
      if (this.#sinceMs !== undefined) this.#growths.ticked(tick);
      const { processes, fds, ptys, rssBytes, cpuPercent } = tick;
      onTick({ elapsedMs: this.#elapsedMs(), forMs, processes, fds, ptys, rssBytes, cpuPercent });
    };
    const operations = (): number => this.#seconds();
    return new Ticker({ target, clock, marks: noMarks, operations, onTick: onEach, glancesPerTick: 1 });
  }

  #elapsedMs(): number {
    return this.#sinceMs === undefined ? 0 : this.#options.clock.monotonic() - this.#sinceMs;
  }

  /** What stands for operations. */
  #seconds(): number {
    return Math.round(this.#elapsedMs() / 1000);
  }
}

interface Inside {
  readonly probes: readonly Probe[];
  readonly renew: () => Promise<void>;
}
