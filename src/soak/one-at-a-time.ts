/** Has work wait for the work before it. */
export class OneAtATime {
  #last: Promise<unknown> = Promise.resolve();
  #under = 0;

  /** How much of it is under way or waits. */
  get size(): number {
    return this.#under;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    this.#under++;
    const done = before.then(work, work);
    this.#last = done.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await done;
    } finally {
      this.#under--;
    }
  }
}
