/** Intervals that keep the process alive until they are cleared together. */
export class Timers {
  readonly #timers: NodeJS.Timeout[] = [];

  add(tick: () => void, everyMs: number): void {
    this.#timers.push(setInterval(tick, everyMs));
  }

  clear(): void {
    for (const timer of this.#timers.splice(0)) clearInterval(timer);
  }
}
