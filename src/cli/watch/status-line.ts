import type { Host } from "../host.js";

/** A line this often at first, and later, when a look at the log is rare. */
const firstEveryMs = 10_000;
const laterEveryMs = 60_000;
const firstFewMs = 60_000;

/** Tells on stderr now and then how it goes, where nothing is redrawn. */
export class StatusLine {
  readonly #stream: Host["stderr"];
  readonly #enabled: boolean;
  readonly #sinceMs = performance.now();
  #shownAtMs = performance.now();

  constructor(host: Host, enabled: boolean) {
    this.#stream = host.stderr;
    this.#enabled = enabled;
  }

  show(text: string): void {
    const nowMs = performance.now();
    const everyMs = nowMs - this.#sinceMs <= firstFewMs ? firstEveryMs : laterEveryMs;
    if (!this.#enabled || nowMs - this.#shownAtMs < everyMs) return;
    this.#shownAtMs = nowMs;
    this.#stream.write(`${text}\n`);
  }
}
