import type { Clock } from "../model/clock.js";
import type { Operation } from "../model/operation.js";
import { brokeProblem, messageOf, Problem } from "../model/problem.js";
import type { Progress } from "../model/progress.js";
import type { RecordLine, TickLine } from "../model/record.js";
import type { Scenario } from "../model/scenario.js";
import type { Phase, Snapshot } from "../model/snapshot.js";
import type { RecordFile } from "./record-file.js";
import { Tracker } from "./tracker.js";

export interface JournalOptions {
  readonly scenario: Scenario;
  readonly record: Pick<RecordFile, "append">;
  readonly clock: Clock;
  readonly onProgress: (progress: Progress) => void;
}

/** Everything that happens goes through here: into the record first, then to the live view. */
export class Journal {
  readonly #options: JournalOptions;
  readonly #tracker: Tracker;
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

  /** Aborted when the record cannot be written any more. */
  get unwritable(): AbortSignal {
    return this.#unwritable.signal;
  }

  /** Why it could not be written to its end. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** A line that cannot be written ends the run, but only after the target has been stopped: no throw here. */
  write(line: RecordLine): void {
    if (this.#problem) return;
    try {
      this.#options.record.append(line);
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

  snapshot(snapshot: Snapshot): void {
    this.write({ type: "snapshot", ...snapshot });
    this.#tracker.snapped(snapshot);
  }

  tick(tick: TickLine): void {
    this.write(tick);
    this.#tracker.ticked(tick);
    this.#options.onProgress(this.#tracker.progress());
  }

  note(text: string): void {
    this.write({ type: "note", atMs: this.#options.clock.now(), text });
  }
}
