import { cut } from "../report/text-width.js";
import type { Host } from "./host.js";

const eraseLine = "\r\x1b[2K";
/** Without a terminal: a line this often at first, and later, when a look at the log is rare. */
const firstEveryMs = 10_000;
const laterEveryMs = 60_000;
const firstFewMs = 60_000;

/** On stderr: lines that stay, and one that tells how it goes; redrawn at a terminal, now and then a plain one elsewhere. */
export class StatusLine {
  readonly #stream: Host["stderr"];
  readonly #enabled: boolean;
  readonly #redraws: boolean;
  readonly #sinceMs = performance.now();
  #shownAtMs = performance.now();
  #drawn = "";

  constructor(host: Host, enabled: boolean) {
    this.#stream = host.stderr;
    this.#enabled = enabled;
    this.#redraws = enabled && host.stderr.isTTY && host.env["TERM"] !== "dumb";
  }

  show(text: string): void {
    if (!this.#enabled) return;
    if (this.#redraws) {
      this.#drawn = cut(text, Math.max(0, (this.#stream.columns ?? 80) - 1));
      this.#stream.write(eraseLine + this.#drawn);
      return;
    }
    const nowMs = performance.now();
    const everyMs = nowMs - this.#sinceMs <= firstFewMs ? firstEveryMs : laterEveryMs;
    if (nowMs - this.#shownAtMs < everyMs) return;
    this.#shownAtMs = nowMs;
    this.#stream.write(`${text}\n`);
  }

  /** A line that stays. */
  say(text: string): void {
    const below = this.#drawn;
    this.clear();
    this.#stream.write(`${text}\n`);
    if (below !== "") this.show(below);
  }

  clear(): void {
    if (this.#drawn !== "") this.#stream.write(eraseLine);
    this.#drawn = "";
  }
}
