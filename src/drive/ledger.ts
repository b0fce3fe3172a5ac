import type { Clock } from "../model/clock.js";
import type { Operation } from "../model/operation.js";
import type { Flow } from "../model/scenario.js";
import type { Outcome } from "./course.js";
import { sessionId } from "./random.js";
import { Session } from "./session.js";

export interface LedgerOptions {
  /** What the target is reached at, e.g. `ws://127.0.0.1:4000`. */
  readonly url: URL;
  /** Placeholders besides `{session}`, `{operation}` and `{flow}`. */
  readonly values: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly seed: number;
  readonly onOperation: (operation: Operation) => void;
}

/** An operation that has begun. */
export interface Entry {
  readonly id: number;
  readonly batch: number;
  readonly startedAtMs: number;
  readonly session: Session;
}

/** Numbers the operations as they begin, and passes each on when it has ended. */
export class Ledger {
  landed = 0;
  failed = 0;
  readonly #options: LedgerOptions;
  #lastId = 0;

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  begin(flow: Flow, batch: number): Entry {
    const { url, clock, seed } = this.#options;
    const id = ++this.#lastId;
    const own = { session: sessionId(seed, id), operation: String(id), flow: flow.name };
    const session = new Session({ flow, url, clock, values: { ...this.#options.values, ...own } });
    return { id, batch, startedAtMs: clock.now(), session };
  }

  end({ session, ...entry }: Entry, outcome: Outcome): Operation {
    const operation: Operation = {
      ...entry,
      flow: session.flow.name,
      endedAtMs: this.#options.clock.now(),
      outcome: outcome.outcome,
      ...(outcome.outcome === "failed" ? { step: outcome.step, reason: outcome.reason } : {}),
      localPorts: session.localPorts,
    };
    if (outcome.outcome !== "aborted") this[outcome.outcome]++;
    this.#options.onOperation(operation);
    return operation;
  }
}
