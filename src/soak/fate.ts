import type { EndLine } from "../model/record.js";
import type { Target } from "../target/target.js";

export type Ending = Pick<EndLine, "outcome" | "reason" | "logTail">;

/** How many of the target's last lines the record keeps when it broke. */
const tailLines = 20;

/** What ends a run before its time, the gravest first: death of the target, a fault, the user. */
export class Fate {
  /** Nothing more can be measured. */
  readonly dead: AbortSignal;
  /** No more load; what there is can still settle and be looked at. */
  readonly ending: AbortSignal;
  readonly #dead = new AbortController();
  readonly #faulty = new AbortController();
  readonly #stop: AbortSignal;
  #reason: string | undefined;

  constructor(signals: { readonly stop: AbortSignal; readonly unwritable: AbortSignal }) {
    this.#stop = signals.stop;
    this.dead = AbortSignal.any([this.#dead.signal, signals.unwritable]);
    this.ending = AbortSignal.any([this.dead, this.#faulty.signal, this.#stop]);
  }

  died(reason: string): void {
    this.#reason = reason;
    this.#dead.abort();
  }

  stalled(reason: string): void {
    this.#reason ??= reason;
    this.#faulty.abort();
  }

  /** What is written as the run's last line. */
  told(target: Pick<Target, "logs">): Ending {
    if (this.#reason !== undefined) {
      const outcome = this.#dead.signal.aborted ? "broke" : "stalled";
      return { outcome, reason: this.#reason, logTail: target.logs.tail(tailLines) };
    }
    return { outcome: this.#stop.aborted ? "interrupted" : "complete", reason: undefined, logTail: [] };
  }
}
