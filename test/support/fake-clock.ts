import type { Clock } from "../../src/model/clock.js";

/** A clock that jumps over every sleep, so that tests need not wait. */
export class FakeClock implements Clock {
  #nowMs = 1_000_000;

  now(): number {
    return this.#nowMs;
  }

  /** As far on as `now`, from another beginning. */
  monotonic(): number {
    return this.#nowMs - 999_000;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (!signal?.aborted) this.#nowMs += ms;
    await Promise.resolve();
  }
}
