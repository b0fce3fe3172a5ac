import type { Progress } from "../model/progress.js";
import { formatDuration } from "../model/units.js";
import type { ScenarioResult } from "../model/verdict.js";
import { liveLines } from "../report/live/layout.js";
import { liveLine } from "../report/live/line.js";
import type { LiveState, Room } from "../report/live/state.js";
import { isCi } from "./ci.js";
import type { Host } from "./host.js";
import type { Interrupts } from "./interrupts.js";
import { isForeground } from "./live/foreground.js";
import { Screen } from "./live/screen.js";
import { type Beginning, Shown } from "./live/shown.js";
import { standStill } from "./live/stand-still.js";
import { type Steered, Steering, type Surface } from "./live/steering.js";
import { procRoot } from "./platform.js";

/** Without a terminal: a sign of life this often. */
const heartbeatEveryMs = 15_000;
const widthOfPipes = 80;

/**
 * Where the run is, on stderr: several lines redrawn at a terminal, plain lines elsewhere.
 * Results go to stdout and are not its business.
 */
export class LiveView {
  readonly #host: Host;
  readonly #enabled: boolean;
  /** Undefined where nothing is redrawn. */
  readonly #screen: Screen | undefined;
  #steering: Steering | undefined;
  #stopping: AbortSignal | undefined;
  #shown: Shown | undefined;
  #toldAtMs = 0;

  constructor(host: Host, enabled: boolean) {
    const { stderr, env } = host;
    this.#host = host;
    this.#enabled = enabled;
    const redraws = enabled && stderr.isTTY && env["TERM"] !== "dumb" && !isCi(env);
    this.#screen = redraws ? this.#newScreen() : undefined;
  }

  /** What ends the tool, and, where keys are to be read, what they act on. */
  attend({ interrupts, controls }: { readonly interrupts: Interrupts } & Partial<Steered>): void {
    this.#stopping = interrupts.asked;
    interrupts.onLeave(() => this.clear());
    if (!this.#screen || !controls || !this.#host.stdin.isTTY) return;
    this.#steering = new Steering({ interrupts, controls }, this.#surface());
  }

  begin(beginning: Beginning): void {
    this.follow(beginning);
    this.#toldAtMs = Date.now();
    if (this.#enabled && !this.isDrawing) this.#write(`${beginning.scenario}: started`);
  }

  show(progress: Progress): void {
    if (!this.#enabled) return;
    if (this.#shown?.scenario !== progress.scenario) this.follow({ scenario: progress.scenario });
    this.#shown?.add(progress);
    if (this.isDrawing) this.#screen?.update();
    else this.#heartbeat(progress);
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
    if (this.isDrawing) this.#screen?.say(text);
    else this.#write(text);
  }

  /** Gives the terminal back. */
  clear(): void {
    this.#screen?.close();
  }

  /** Begins without a word. */
  follow(beginning: Beginning): void {
    this.#shown = new Shown(beginning);
    this.#screen?.open();
  }

  /** Else whatever is said are plain lines. */
  get isDrawing(): boolean {
    return this.#screen?.isOpen === true && isForeground(procRoot);
  }

  #heartbeat(progress: Progress): void {
    const nowMs = Date.now();
    if (nowMs - this.#toldAtMs < heartbeatEveryMs) return;
    this.#toldAtMs = nowMs;
    this.#write(liveLine(progress, this.#host.stderr.columns ?? widthOfPipes));
  }

  #write(text: string): void {
    this.#host.stderr.write(`${text}\n`);
  }

  #newScreen(): Screen {
    return new Screen({
      host: this.#host,
      lines: (room) => this.#lines(room),
      onKey: (key) => this.#steering?.key(key),
      hasKeys: () => this.#steering !== undefined,
      onSuspend: () => void this.#suspend(),
      isForeground: () => isForeground(procRoot),
    });
  }

  #surface(): Surface {
    return {
      host: this.#host,
      say: (text) => this.say(text),
      update: () => this.#screen?.update(),
      leave: () => this.#screen?.close(),
      enter: () => this.#screen?.open(),
      shown: () => this.#state() ?? { rows: [], kind: "run", isPausable: false },
      width: () => this.#host.stderr.columns ?? widthOfPipes,
    };
  }

  async #suspend(): Promise<void> {
    const { pid } = this.#host;
    if (this.#steering) return this.#steering.suspend(pid);
    this.#screen?.close();
    await standStill(this.#host, pid);
    this.#screen?.open();
  }

  #lines(room: Room): string[] {
    const state = this.#state();
    return state ? liveLines(state, room) : [];
  }

  #state(): LiveState | undefined {
    return this.#shown?.state({
      stopping: this.#stopping?.aborted === true,
      keys: this.#steering !== undefined,
      help: this.#steering?.help === true,
      pausing: this.#steering?.isPausing === true,
    });
  }
}
