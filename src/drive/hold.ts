import type { Operation } from "../model/operation.js";
import type { Flow, Step } from "../model/scenario.js";
import { type Outcome, runSteps } from "./course.js";
import type { Entry, Ledger } from "./ledger.js";
import type { Scope } from "./scope.js";

/** Sessions held open. */
export interface Held {
  /** Those whose connection stands. */
  readonly open: number;
  readonly failed: readonly Operation[];
  /** Ends them all. A second call waits for the same end. */
  release(): Promise<void>;
}

export interface Hold {
  readonly flow: Flow;
  readonly sessions: number;
  readonly batch: number;
  readonly ledger: Ledger;
  readonly scope: Scope;
}

/** Begins the sessions and takes each to where its flow would leave. */
export async function holdOpen(hold: Hold): Promise<Holding> {
  const steps = beforeLeaving(hold.flow.steps);
  const holding = new Holding(hold);
  const begin = async (): Promise<void> => {
    if (hold.scope.isStopped) return;
    const entry = hold.ledger.begin(hold.flow, hold.batch);
    hold.scope.add(entry.session);
    await holding.take(entry, await runSteps(entry.session, steps));
  };
  await Promise.all(Array.from({ length: hold.sessions }, begin));
  return holding;
}

/** A session that has left cannot be held: the close or drop at the end is left out. */
function beforeLeaving(steps: readonly Step[]): readonly Step[] {
  const staying = steps.findLastIndex(({ kind }) => kind !== "close" && kind !== "drop");
  return steps.slice(0, staying + 1);
}

class Holding implements Held {
  readonly failed: Operation[] = [];
  readonly #hold: Hold;
  readonly #entries: Entry[] = [];
  #released: Promise<void> | undefined;

  constructor(hold: Hold) {
    this.#hold = hold;
  }

  async take(entry: Entry, outcome: Outcome): Promise<void> {
    if (outcome.outcome === "landed") {
      this.#entries.push(entry);
      return;
    }
    await this.#hold.scope.end(entry.session);
    const operation = this.#hold.ledger.end(entry, outcome);
    if (outcome.outcome === "failed") this.failed.push(operation);
  }

  get open(): number {
    return this.#entries.filter(({ session }) => session.connection?.isOpen).length;
  }

  release(): Promise<void> {
    this.#released ??= this.#end();
    return this.#released;
  }

  async #end(): Promise<void> {
    const { scope, ledger } = this.#hold;
    await Promise.all(this.#entries.map(({ session }) => scope.end(session)));
    for (const entry of this.#entries) ledger.end(entry, { outcome: "landed" });
    this.#entries.length = 0;
  }
}
