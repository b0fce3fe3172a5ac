import type { Clock } from "../model/clock.js";
import type { Flow } from "../model/scenario.js";
import type { Address } from "./address.js";
import type { Connection } from "./connection.js";
import { StepFailure, Stopped } from "./failure.js";
import type { Cookies } from "./cookies.js";
import { type Fill, filler, type Values } from "./placeholders.js";
import type { ProgramPlace } from "./stdio-program.js";

/** `setTimeout` fires at once past this. */
const longestTimerMs = 2 ** 31 - 1;

export interface SessionOptions {
  readonly flow: Flow;
  readonly address: Address;
  readonly clock: Clock;
  /** What placeholders stand for, variables apart. Asked for once, if at all. */
  readonly valuesOf: () => Values;
  /** What programs of the target's are started with. */
  readonly place: ProgramPlace;
  /** Takes what must outlive the session. */
  readonly bequeath: (ending: Ending) => void;
}

/** Something that the session opened and must end. */
export interface Ending {
  /** Resolves when it has ended by itself. */
  readonly gone?: Promise<void>;
  destroy(): void | Promise<void>;
}

/** What a step waits for. Deadlines are of the network's own time, not the clock's. */
export interface Condition {
  readonly withinMs: number;
  /** True when it has come; throws when it never will. */
  readonly check: () => boolean;
  /** The failure when it is late; undefined where being late is none. */
  readonly late: () => StepFailure | undefined;
}

/** One client while it goes through the steps of its flow: what it opened, and what it waits for. */
export class Session {
  readonly flow: Flow;
  readonly address: Address;
  readonly clock: Clock;
  readonly fill: Fill;
  readonly place: ProgramPlace;
  readonly localPorts: number[] = [];
  /** The one that the steps act on: the latest. */
  connection: Connection | undefined;
  /** Of the answers that came; absent while none has set one. */
  cookies: Cookies | undefined;
  /** Index of the step at work. */
  at = 0;
  readonly #variables = new Map<string, string>();
  readonly #opened: Ending[] = [];
  readonly #bequeath: (ending: Ending) => void;
  #controller: AbortController | undefined;
  #stopped = false;
  #look: (() => void) | undefined;

  constructor(options: SessionOptions) {
    this.flow = options.flow;
    this.address = options.address;
    this.clock = options.clock;
    this.fill = filler(options.valuesOf, this.#variables);
    this.place = options.place;
    this.#bequeath = options.bequeath;
  }

  /** The connection of the latest `connect`, or the failure of a step that needs one. */
  get connected(): Connection {
    if (!this.connection) throw new StepFailure("no connection: the flow has no connect before this step");
    if (!this.connection.isOpen) throw this.connection.ending;
    return this.connection;
  }

  get isStopped(): boolean {
    return this.#stopped;
  }

  owns<T extends Ending>(ending: T): T {
    this.#opened.push(ending);
    return ending;
  }

  /** Keeps something open past the end of the session, until the driver closes. */
  leaves(ending: Ending): void {
    this.#opened.splice(this.#opened.indexOf(ending), 1);
    this.#bequeath(ending);
  }

  /** Sets variables for the steps to come. @throws StepFailure that came in place of them. */
  learn(values: Values | StepFailure | undefined): void {
    if (values instanceof StepFailure) throw values;
    for (const name in values) this.#variables.set(name, values[name] ?? "");
  }

  readonly onPort = (localPort: number): void => {
    this.localPorts.push(localPort);
  };

  /** To be called when something that a step may wait for has changed. */
  readonly changed = (): void => this.#look?.();

  /** Waits until the condition holds. @throws StepFailure when it fails or is late; Stopped. */
  until({ withinMs, check, late }: Condition): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const settle = (error: unknown): void => {
        clearTimeout(timer);
        this.#look = undefined;
        if (error === undefined) resolve();
        else reject(error);
      };
      const timer = setTimeout(() => settle(late()), Math.min(withinMs, longestTimerMs));
      this.#look = () => {
        try {
          if (this.#stopped) throw new Stopped();
          if (check()) settle(undefined);
        } catch (error) {
          settle(error);
        }
      };
      this.#look();
    });
  }

  /** Lets the clock's time pass. @throws Stopped */
  async pause(ms: number): Promise<void> {
    this.#controller ??= new AbortController();
    if (!this.#stopped) await this.clock.sleep(ms, this.#controller.signal);
    if (this.#stopped) throw new Stopped();
  }

  /** Ends the session from outside: the step at work gives up, and all that it opened ends. */
  stop(): void {
    this.#stopped = true;
    this.#controller?.abort();
    this.changed();
    void this.end();
  }

  /** Ends everything that the session ever opened; undefined when there is nothing to wait for. */
  end(): Promise<unknown> | undefined {
    // Sockets are gone at once: only a client program has to be waited for.
    const waits = this.#opened.map((ending) => ending.destroy()).filter((wait) => wait !== undefined);
    return waits.length > 0 ? Promise.all(waits) : undefined;
  }
}
