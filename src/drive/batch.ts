import type { Clock } from "../model/clock.js";
import type { Operation } from "../model/operation.js";
import type { Flow } from "../model/scenario.js";
import { type Outcome, runSteps } from "./course.js";
import type { Ledger } from "./ledger.js";
import type { Scope } from "./scope.js";
import { type BatchTally, Tally } from "./tally.js";

export interface Run {
  readonly number: number;
  /** The flow of each operation, in order. */
  readonly mix: readonly Flow[];
  readonly concurrency: number;
  readonly rampMs: number;
  readonly ledger: Ledger;
  readonly scope: Scope;
  readonly clock: Clock;
  readonly mayBegin?: ((signal: AbortSignal) => Promise<void> | undefined) | undefined;
}

/** Runs the operations of one batch, `concurrency` of them at a time. */
export async function runMix(run: Run): Promise<BatchTally> {
  const tally = new Tally();
  const flows = run.mix.values();
  const workers = Math.min(run.concurrency, run.mix.length);
  const work = async (worker: number): Promise<void> => {
    if (run.rampMs > 0) await run.clock.sleep((run.rampMs * worker) / workers, run.scope.signal);
    // The workers share one iterator, so each takes the next operation that is left.
    for (const flow of flows) {
      const wait = run.mayBegin?.(run.scope.signal);
      if (wait) await wait;
      if (run.scope.isStopped) return;
      tally.count((await runOne({ ...run, flow })).outcome);
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  return tally;
}

export interface One extends Pick<Run, "number" | "ledger" | "scope"> {
  readonly flow: Flow;
  /** See Operation. */
  readonly tail?: boolean;
}

/** Runs one operation to its end, with all that it opened. */
export async function runOne(
  one: One,
): Promise<{ readonly operation: Operation; readonly outcome: Outcome }> {
  const { number, ledger, scope, flow } = one;
  const entry = ledger.begin(flow, number);
  scope.add(entry.session);
  const outcome = await runSteps(entry.session, flow.steps);
  await scope.end(entry.session);
  return { outcome, operation: ledger.end({ ...entry, tail: one.tail }, outcome) };
}
