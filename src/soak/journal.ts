import type { Clock } from "../model/clock.js";
import type { Operation } from "../model/operation.js";
import { brokeProblem, messageOf, Problem } from "../model/problem.js";
import type { Progress } from "../model/progress.js";
import type { LoadLine, LookLine, PauseLine, RecordLine, RunRecord, TickLine } from "../model/record.js";
import type { Scenario } from "../model/scenario.js";
import type { Phase, Snapshot } from "../model/snapshot.js";
import { Kept } from "./kept.js";
import type { Leg } from "./leg.js";
import type { RecordFile } from "./record-file.js";
import { Tracker } from "./tracker.js";

export interface JournalOptions {
  readonly scenario: Scenario;
  readonly record: Pick<RecordFile, "append">;
  readonly clock: Clock;
  readonly onProgress: (progress: Progress) => void;
  readonly onLook?: ((look: LookLine) => void) | undefined;
}

/** Everything that happens goes through here: into the record first, then to the live view. */
export class Journal {
  readonly #options: JournalOptions;
  readonly #tracker: Tracker;
  readonly #kept = new Kept();
  readonly #unwritable = new AbortController();
  #problem: Problem | undefined;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#tracker = new Tracker(options.scenario);
  }

  /** Operations ended since the baseline. */
  get operations(): number {
    return this.#tracker.operations;
  }

  /** Where the run is. */
  get at(): Pick<Snapshot, "phase" | "batch"> {
    return this.#tracker.at;
  }

  /** Aborted when the record cannot be written any more. */
  get unwritable(): AbortSignal {
    return this.#unwritable.signal;
  }

  /** Why it could not be written to its end. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** All that was written, as the judge reads it. */
  soFar(): RunRecord {
    return this.#kept.record();
  }

  /** A line that cannot be written ends the run, but only after the target has been stopped: no throw here. */
  write(line: RecordLine): void {
    if (this.#problem) return;
    try {
      this.#options.record.append(line);
      this.#kept.add(line);
    } catch (error) {
      this.#problem = error instanceof Problem ? error : brokeProblem({ what: messageOf(error) }, error);
      this.#unwritable.abort();
    }
  }

  enter(phase: Phase, batch: number): void {
    const atMs = this.#options.clock.now();
    this.write({ type: "phase", phase, batch, atMs });
    this.#tracker.enter(phase, batch, atMs);
    this.#options.onProgress(this.#tracker.progress());
  }

  operation(operation: Operation): void {
    this.write({ type: "operation", ...operation });
    this.#tracker.ended(operation);
  }

  /** @param exposure what the target was put through by it, where that is not told in operations */
  load(load: LoadLine, exposure: number = load.landed + load.failed): void {
    this.write(load);
    if (load.batch > 0) this.#tracker.loaded(load, exposure);
  }

  snapshot(snapshot: Snapshot): void {
    this.write({ type: "snapshot", ...snapshot });
    this.#options.onProgress(this.#tracker.snapped(snapshot));
  }

  tick(tick: TickLine): void {
    this.write(tick);
    this.#tracker.ticked(tick);
    this.#options.onProgress(this.#tracker.progress());
  }

  /** A look that somebody asked for. */
  aside(snapshot: Snapshot): void {
    this.write({ type: "aside", ...snapshot });
  }

  /** The load is held back from now on. */
  held(): void {
    this.#tracker.held(this.#options.clock.now());
    this.#options.onProgress(this.#tracker.progress());
  }

  released(pause: Pick<PauseLine, "atMs" | "forMs" | "suspended">): void {
    this.write({ type: "pause", ...pause, operations: this.operations });
    this.#tracker.released(this.#options.clock.now());
    this.#options.onProgress(this.#tracker.progress());
  }

  note(text: string): void {
    this.write({ type: "note", atMs: this.#options.clock.now(), text });
  }

  look(look: LookLine): void {
    this.write(look);
    this.#options.onLook?.(look);
    this.waitFor(look.waitsFor);
  }

  /** What the run goes on for, for the live view. */
  waitFor(what: string | undefined): void {
    this.#tracker.waitFor(what);
    this.#options.onProgress(this.#tracker.progress());
  }

  /** The run goes on to there, for the live view. */
  aim(leg: Leg): void {
    this.#tracker.aim(leg);
  }
}
