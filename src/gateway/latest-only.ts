export interface LatestOnlyOptions<T> {
  /** Does one item; must not reject. */
  readonly run: (item: T) => Promise<void>;
  /** Asked to end the item that is under way, so that its run resolves soon. */
  readonly interrupt: () => void;
  /** Told about an item that was replaced before it ever ran. */
  readonly onReplaced: (item: T) => void;
}

/** Runs one item at a time. A new one interrupts that under way and takes the one place in the queue. */
export class LatestOnly<T> {
  readonly #options: LatestOnlyOptions<T>;
  #waiting: { readonly item: T } | undefined;
  #running = false;

  constructor(options: LatestOnlyOptions<T>) {
    this.#options = options;
  }

  submit(item: T): void {
    if (this.#waiting) this.#options.onReplaced(this.#waiting.item);
    this.#waiting = { item };
    if (this.#running) this.#options.interrupt();
    else void this.#runWaiting();
  }

  /** Forgets the item that waits. */
  clear(): void {
    this.#waiting = undefined;
  }

  async #runWaiting(): Promise<void> {
    this.#running = true;
    for (let next = this.#take(); next; next = this.#take()) await this.#options.run(next.item);
    this.#running = false;
  }

  #take(): { readonly item: T } | undefined {
    const next = this.#waiting;
    this.#waiting = undefined;
    return next;
  }
}
