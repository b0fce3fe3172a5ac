export interface PeriodicTaskOptions {
  readonly intervalMs: number;
  /** Gets a signal that is aborted when the task is stopped. */
  readonly task: (signal: AbortSignal) => void | Promise<void>;
  /** Stops the task when aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Told of what a run threw; the next run comes all the same. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** Work that is repeated until it is stopped, one run at a time: a tick during a run is skipped. */
export class PeriodicTask {
  readonly #options: PeriodicTaskOptions;
  readonly #stopped = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #run: Promise<void> | undefined;

  constructor(options: PeriodicTaskOptions) {
    this.#options = options;
  }

  /** The first run comes after one interval. Does nothing when started before, stopped or aborted. */
  start(): void {
    const { signal, intervalMs } = this.#options;
    if (this.#timer || this.#stopped.signal.aborted || signal?.aborted) return;
    signal?.addEventListener("abort", this.#onAbort, { once: true });
    this.#timer = setInterval(() => this.#tick(), intervalMs);
  }

  /** Ends it for good and waits for the run under way; not to be awaited within the task itself. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    this.#stopped.abort();
    await this.#run;
  }

  readonly #onAbort = (): void => void this.stop();

  #tick(): void {
    this.#run ??= this.#runOnce().finally(() => {
      this.#run = undefined;
    });
  }

  async #runOnce(): Promise<void> {
    try {
      await this.#options.task(this.#stopped.signal);
    } catch (error) {
      this.#options.onError?.(error);
    }
  }
}
