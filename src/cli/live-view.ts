import type { Progress } from "../model/progress.js";
import type { ScenarioResult } from "../model/verdict.js";
import { formatDuration } from "../model/units.js";
import { liveLine } from "../report/live/line.js";
import type { Host } from "./host.js";

/** A line that is redrawn faster than this only flickers. */
const redrawEveryMs = 100;
/** Without a terminal: a sign of life this often. */
const heartbeatEveryMs = 15_000;
const eraseLine = "\r\x1b[2K";

/**
 * Where the run is, on stderr: one line redrawn at a terminal, plain lines elsewhere.
 * Results go to stdout and are not its business.
 */
export class LiveView {
  readonly #stream: Host["stderr"];
  readonly #enabled: boolean;
  readonly #redraws: boolean;
  #shownAtMs = 0;
  #drawn = false;

  constructor(host: Host, enabled: boolean) {
    this.#stream = host.stderr;
    this.#enabled = enabled;
    this.#redraws = enabled && host.stderr.isTTY && host.env["TERM"] !== "dumb";
  }

  begin(scenario: string): void {
    this.#shownAtMs = Date.now();
    if (this.#enabled && !this.#redraws) this.#stream.write(`${scenario}: started\n`);
  }

  show(progress: Progress): void {
    const nowMs = Date.now();
    const everyMs = this.#redraws ? redrawEveryMs : heartbeatEveryMs;
    if (!this.#enabled || nowMs - this.#shownAtMs < everyMs) return;
    this.#shownAtMs = nowMs;
    const line = liveLine(progress, this.#stream.columns ?? 80);
    this.#stream.write(this.#redraws ? eraseLine + line : `${line}\n`);
    this.#drawn = this.#redraws;
  }

  done({ name, verdict, operations, durationMs }: ScenarioResult): void {
    const landed = `${operations.landed} operations`;
    this.ended(`${name}: ${verdict}, ${landed} in ${formatDuration(durationMs)}`);
  }

  /** What a part of the whole came to; a line that stays. */
  ended(text: string): void {
    if (this.#enabled) this.say(text);
  }

  /** A line that stays, whether or not there is a live one. */
  say(text: string): void {
    this.clear();
    this.#stream.write(`${text}\n`);
  }

  clear(): void {
    if (this.#drawn) this.#stream.write(eraseLine);
    this.#drawn = false;
  }
}
