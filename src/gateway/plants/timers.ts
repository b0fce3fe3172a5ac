/** Intervals that keep the process alive until they are cleared together. */
export class Timers {
  readonly #timers: NodeJS.Timeout[] = [];

  keep(timer: NodeJS.Timeout): void {
    this.#timers.push(timer);
  }

  clear(): void {
    for (const timer of this.#timers.splice(0)) clearInterval(timer);
  }
}
