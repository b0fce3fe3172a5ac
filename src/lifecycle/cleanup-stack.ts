import { withinLimit } from "./time-limit.js";

/** Gives back one thing that was taken. */
export type Cleanup = () => void | Promise<void>;

/** Cleanups that run exactly once each, the last one added first. */
export class CleanupStack {
  readonly #stepTimeoutMs: number;
  readonly #errors: unknown[] = [];
  #waiting: Cleanup[] = [];
  #run: Promise<readonly unknown[]> | undefined;

  /** @param stepTimeoutMs how long one cleanup may keep the others waiting */
  constructor(stepTimeoutMs: number) {
    this.#stepTimeoutMs = stepTimeoutMs;
  }

  /** One that comes after `run` has begun runs at once. */
  add(cleanup: Cleanup): void {
    if (this.#run) void this.#step(cleanup);
    else this.#waiting.push(cleanup);
  }

  /** Resolves to whatever the cleanups threw; a second call shares the first one's run. */
  run(): Promise<readonly unknown[]> {
    this.#run ??= this.#runAll();
    return this.#run;
  }

  async #runAll(): Promise<readonly unknown[]> {
    const cleanups = this.#waiting.toReversed();
    this.#waiting = [];
    for (const cleanup of cleanups) await this.#step(cleanup);
    return this.#errors;
  }

  async #step(cleanup: Cleanup): Promise<void> {
    const ended = await withinLimit(cleanup, this.#stepTimeoutMs);
    if (ended.outcome === "failed") this.#errors.push(ended.error);
    if (ended.outcome === "timed out") {
      this.#errors.push(new Error(`a cleanup took longer than ${this.#stepTimeoutMs} ms`));
    }
  }
}
