import type { Clock } from "../model/clock.js";
import type { Journal } from "./journal.js";

export interface HoldBackOptions {
  readonly clock: Clock;
  readonly journal: Pick<Journal, "held" | "released">;
}

interface Held {
  readonly atMs: number;
  readonly sinceMs: number;
}

/**
 * Holds operations back while somebody pauses the run. What is under way comes to its end; the pause counts from the
 * first operation that waits, for until then the load goes on.
 */
export class HoldBack {
  readonly #options: HoldBackOptions;
  #over: Event | undefined;
  #held: Held | undefined;
  #suspended = false;
  #beforeMs = 0;

  constructor(options: HoldBackOptions) {
    this.#options = options;
  }

  pause(): void {
    this.#over ??= event();
  }

  /** The tool stands still from now on, whether or not anything waits. */
  suspend(): void {
    this.#suspended = true;
    this.#begin();
  }

  resume(): void {
    this.#end();
    this.#over?.come();
    this.#over = undefined;
  }

  /** Undefined where an operation may begin at once; else what it waits for, which the signal ends. */
  wait(signal: AbortSignal): Promise<void> | undefined {
    if (!this.#over || signal.aborted) return undefined;
    this.#begin();
    return this.#waitFor(this.#over.came, signal);
  }

  /** Milliseconds for which the load was held back, in all. */
  get heldMs(): number {
    const { clock } = this.#options;
    return this.#beforeMs + (this.#held ? clock.monotonic() - this.#held.sinceMs : 0);
  }

  async #waitFor(over: Promise<void>, signal: AbortSignal): Promise<void> {
    const aborted = event();
    signal.addEventListener("abort", aborted.come, { once: true });
    await Promise.race([over, aborted.came]);
    signal.removeEventListener("abort", aborted.come);
    if (signal.aborted) this.#end();
  }

  #begin(): void {
    const { clock, journal } = this.#options;
    if (this.#held) return;
    this.#held = { atMs: clock.now(), sinceMs: clock.monotonic() };
    journal.held();
  }

  #end(): void {
    if (!this.#held) return;
    const { clock, journal } = this.#options;
    const forMs = clock.monotonic() - this.#held.sinceMs;
    journal.released({ atMs: this.#held.atMs, forMs: Math.round(forMs), suspended: this.#suspended });
    this.#beforeMs += forMs;
    this.#held = undefined;
    this.#suspended = false;
  }
}

interface Event {
  readonly came: Promise<void>;
  readonly come: () => void;
}

function event(): Event {
  let come: () => void = () => undefined;
  const came = new Promise<void>((resolve) => {
    come = resolve;
  });
  return { came, come };
}
