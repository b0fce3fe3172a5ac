import type { Clock } from "../model/clock.js";
import type { Operation } from "../model/operation.js";
import type { Flow } from "../model/scenario.js";
import type { Address } from "./address.js";
import type { Outcome } from "./course.js";
import type { Values } from "./placeholders.js";
import { sessionId } from "./random.js";
import { type Ending, Session } from "./session.js";
import type { ProgramPlace } from "./stdio-program.js";

export interface LedgerOptions {
  readonly address: Address;
  /** Placeholders besides `{session}`, `{operation}` and `{flow}`. */
  readonly values: Values;
  readonly clock: Clock;
  readonly seed: number;
  readonly onOperation: (operation: Operation) => void;
  /** What programs of the target's are started with. */
  readonly place: ProgramPlace;
  /** Takes what a session leaves open. */
  readonly bequeath: (ending: Ending) => void;
}

/** An operation that has begun. */
export interface Entry {
  readonly id: number;
  readonly batch: number;
  readonly startedAtMs: number;
  readonly session: Session;
  readonly tail?: boolean | undefined;
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
    const { address, clock, seed, place, bequeath } = this.#options;
    const id = ++this.#lastId;
    const valuesOf = (): Values => ({
      ...this.#options.values,
      session: sessionId(seed, id),
      operation: String(id),
      flow: flow.name,
    });
    const session = new Session({ flow, address, clock, valuesOf, place, bequeath });
    return { id, batch, startedAtMs: clock.now(), session };
  }

  end({ id, batch, startedAtMs, session, tail }: Entry, outcome: Outcome): Operation {
    const failure = outcome.outcome === "failed" ? outcome : undefined;
    const operation: Operation = {
      id,
      flow: session.flow.name,
      batch,
      startedAtMs,
      endedAtMs: this.#options.clock.now(),
      outcome: outcome.outcome,
      step: failure?.step,
      reason: failure?.reason,
      localPorts: session.localPorts,
      ...(tail === true ? { tail } : {}),
    };
    if (outcome.outcome !== "aborted") this[outcome.outcome]++;
    this.#options.onOperation(operation);
    return operation;
  }
}
