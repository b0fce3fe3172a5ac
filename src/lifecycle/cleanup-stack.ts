import { withinLimit } from "./time-limit.js";

/** Gives back one thing that was taken. */
export type Cleanup = () => void | Promise<void>;

/** Cleanups that run exactly once each, the last one added first. */
export class CleanupStack {
  readonly #stepTimeoutMs: number;
  readonly #errors: unknown[] = [];
  readonly #waiting: Cleanup[] = [];
  #isOver = false;
  #run: Promise<readonly unknown[]> | undefined;

  /** @param stepTimeoutMs how long one cleanup may keep the others waiting */
  constructor(stepTimeoutMs: number) {
    this.#stepTimeoutMs = stepTimeoutMs;
  }

  /** One that comes during the run is the next; one that comes after it runs at once. */
  add(cleanup: Cleanup): void {
    if (this.#isOver) void this.#step(cleanup);
    else this.#waiting.push(cleanup);
  }

  /** Resolves to whatever the cleanups threw; a second call shares the first one's run. */
  run(): Promise<readonly unknown[]> {
    this.#run ??= this.#runAll();
    return this.#run;
  }

  async #runAll(): Promise<readonly unknown[]> {
    for (let cleanup = this.#waiting.pop(); cleanup; cleanup = this.#waiting.pop()) {
      await this.#step(cleanup);
    }
    this.#isOver = true;
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
