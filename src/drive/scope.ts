import { setMaxListeners } from "node:events";
import type { Session } from "./session.js";

/** The sessions of one batch or one hold, which the signal ends together. */
export class Scope {
  readonly #sessions = new Set<Session>();
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal;
  readonly #onAbort = (): void => this.stop();

  constructor(outer: AbortSignal) {
    // Every worker that waits for its turn listens.
    setMaxListeners(0, this.#controller.signal);
    this.#outer = outer;
    if (outer.aborted) this.stop();
    else outer.addEventListener("abort", this.#onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isStopped(): boolean {
    return this.#controller.signal.aborted;
  }

  get size(): number {
    return this.#sessions.size;
  }

  add(session: Session): void {
    this.#sessions.add(session);
    if (this.isStopped) session.stop();
  }

  async end(session: Session): Promise<void> {
    const wait = session.end();
    if (wait) await wait;
    this.#sessions.delete(session);
  }

  /** Ends every session at once; whoever runs them sees them as stopped. */
  stop(): void {
    this.#controller.abort();
    for (const session of this.#sessions) session.stop();
  }

  /** Lets go of the outer signal. */
  close(): void {
    this.#outer.removeEventListener("abort", this.#onAbort);
  }
}
