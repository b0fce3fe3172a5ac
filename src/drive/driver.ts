import type { Clock } from "../model/clock.js";
import type { Operation } from "../model/operation.js";
import { usageProblem } from "../model/problem.js";
import type { Flow, TargetSpec } from "../model/scenario.js";
import { Address } from "./address.js";
import { runMix, runOne } from "./batch.js";
import { Design } from "./design.js";
import { type Held, holdOpen } from "./hold.js";
import { Ledger } from "./ledger.js";
import { mixOf } from "./mix.js";
import { seeded } from "./random.js";
import { Scope } from "./scope.js";
import { secureOptions } from "./secure.js";
import type { Ending } from "./session.js";
import type { ProgramPlace } from "./stdio-program.js";
import type { BatchTally } from "./tally.js";

export type { Held } from "./hold.js";
export type { BatchTally } from "./tally.js";

export interface DriverOptions {
  readonly flows: readonly Flow[];
  /** What the paths of steps are relative to: `ws://HOST:PORT`, or wss, http, https. */
  readonly url: string;
  /** How to know the target's certificate; absent = as the system does. */
  readonly tls?: TargetSpec["tls"];
  /** Environment and folder of programs that belong to the target; absent = the tool's own. */
  readonly place?: ProgramPlace | undefined;
  /** Placeholders besides `{session}`, `{operation}` and `{flow}`: `port`, `goose`, `dir`, … */
  readonly values: Readonly<Record<string, string>>;
  /** Gives the ledger its times, and paces `wait` steps and the ramp. Deadlines are in real time. */
  readonly clock: Clock;
  /** The same seed gives the same mixes, the same order of flows and the same session ids. */
  readonly seed: number;
  /** What an operation of a batch waits for before it begins; undefined = nothing. The signal ends the wait. */
  readonly mayBegin?: ((signal: AbortSignal) => Promise<void> | undefined) | undefined;
  /** Called once for each operation, when everything that it opened has ended. */
  readonly onOperation: (operation: Operation) => void;
}

export interface Batch {
  /** 0 for the warm-up. */
  readonly number: number;
  readonly operations: number;
  /** Sessions at a time. */
  readonly concurrency: number;
  /** The first sessions begin evenly over this time. */
  readonly rampMs: number;
  /** Ends the batch at once, with all its sessions. */
  readonly signal: AbortSignal;
}

/** Plays the clients of a target. */
export class Driver {
  readonly #options: DriverOptions;
  readonly #ledger: Ledger;
  readonly #design: Design;
  readonly #scopes = new Set<Scope>();
  readonly #endings = new Set<() => Promise<unknown>>();
  #lastBatch = 0;
  /** What sessions have left open. */
  readonly #left = new Set<Ending>();
  #isClosed = false;

  /** @throws Problem when the URL is none that the driver can reach, or the certificate cannot be read. */
  constructor(options: DriverOptions) {
    this.#options = options;
    this.#design = new Design(options.flows, options.seed);
    const address = new Address(options.url, secureOptions(options.tls));
    const place = options.place ?? { env: process.env, cwd: undefined };
    this.#ledger = new Ledger({ ...options, address, place, bequeath: (ending) => this.#keep(ending) });
  }

  /** Operations that went as declared, warm-up and held sessions included. */
  get landed(): number {
    return this.#ledger.landed;
  }

  get failed(): number {
    return this.#ledger.failed;
  }

  /** Sessions that are at work or held. */
  get openSessions(): number {
    return [...this.#scopes].reduce((sum, scope) => sum + scope.size, 0);
  }

  /** Runs a batch to its end; see Design for its mix of flows. */
  async runBatch(batch: Batch): Promise<BatchTally> {
    const { number, operations, concurrency, rampMs } = batch;
    const { flows, seed, clock, mayBegin } = this.#options;
    this.#lastBatch = number;
    const scope = this.#enter(batch.signal);
    const mix = mixOf(flows, this.#design.counts(number, operations), seeded(seed + number));
    const running = runMix({
      number,
      mix,
      concurrency,
      rampMs,
      clock,
      scope,
      mayBegin,
      ledger: this.#ledger,
    });
    const leave = this.#leaveWith(scope, () => running);
    return running.finally(leave);
  }

  /**
   * Runs one session of a flow to its end while there is no other: an operation of the tail, see Operation.
   * It counts to the latest batch. @throws Problem when there is no such flow.
   */
  async runAlone(flowName: string, signal: AbortSignal): Promise<Operation> {
    const flow = this.#flow(flowName);
    const scope = this.#enter(signal);
    const running = runOne({ flow, number: this.#lastBatch, scope, ledger: this.#ledger, tail: true });
    const leave = this.#leaveWith(scope, () => running);
    return (await running.finally(leave)).operation;
  }

  /**
   * Begins sessions of one flow and holds them open just before they would leave.
   * They count to the latest batch. @throws Problem when there is no such flow.
   */
  async hold(flowName: string, sessions: number, signal: AbortSignal): Promise<Held> {
    const flow = this.#flow(flowName);
    const scope = this.#enter(signal);
    const holding = holdOpen({ flow, sessions, batch: this.#lastBatch, scope, ledger: this.#ledger });
    const release = async (): Promise<void> => (await holding).release();
    const leave = this.#leaveWith(scope, release);
    const held = await holding;
    return {
      failed: held.failed,
      get open() {
        return held.open;
      },
      release: () => release().finally(leave),
    };
  }

  /** Ends everything that the driver ever opened, and waits for it. Afterwards nothing begins any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const scope of this.#scopes) scope.stop();
    await Promise.allSettled([...this.#endings].map((end) => end()));
    await Promise.allSettled([...this.#left].map(async (ending) => ending.destroy()));
  }

  #keep(ending: Ending): void {
    this.#left.add(ending);
    void ending.gone?.then(() => this.#left.delete(ending));
  }

  #flow(name: string): Flow {
    const flow = this.#options.flows.find((flow) => flow.name === name);
    if (flow) return flow;
    const names = this.#options.flows.map((flow) => flow.name).join(", ");
    throw usageProblem({
      what: `no flow is named ${name}`,
      why: `the scenario has: ${names}`,
      fix: "name one of these",
    });
  }

  #enter(signal: AbortSignal): Scope {
    const scope = new Scope(signal);
    if (this.#isClosed) scope.stop();
    this.#scopes.add(scope);
    return scope;
  }

  /** Has `close` wait for the end of the scope. @returns what forgets the scope once it has ended */
  #leaveWith(scope: Scope, end: () => Promise<unknown>): () => void {
    this.#endings.add(end);
    return () => {
      scope.close();
      this.#scopes.delete(scope);
      this.#endings.delete(end);
    };
  }
}
