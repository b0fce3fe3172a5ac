import type { Room } from "../../report/live/state.js";
import { type Host, wantsColour } from "../host.js";
import { Frame } from "./frame.js";
import { type Key, Keyboard } from "./keyboard.js";

export interface ScreenOptions {
  readonly host: Host;
  readonly lines: (room: Room) => string[];
  readonly hasKeys: () => boolean;
  readonly onKey: (key: Key) => void;
  readonly onSuspend: () => void;
  readonly isForeground: () => boolean;
}

/** What is redrawn faster than this only flickers. */
const redrawEveryMs = 250;
/** So that the clock goes on while nothing happens; and so soon a job is seen to be in the foreground. */
const tickEveryMs = 1000;
const fallback = { columns: 80, rows: 24 } as const;

/** The last lines of a terminal, and its keys. However the tool ends, it leaves the terminal as it found it. */
export class Screen {
  readonly #options: ScreenOptions;
  readonly #frame: Frame;
  readonly #keyboard: Keyboard;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #drawnAtMs = Number.NEGATIVE_INFINITY;
  readonly #onResize = (): void => this.#draw();
  readonly #onEnd = (): void => this.close();
  readonly #onStop = (): void => this.#options.onSuspend();

  constructor(options: ScreenOptions) {
    const { host, onKey } = options;
    this.#options = options;
    this.#frame = new Frame(host.stderr);
    this.#keyboard = new Keyboard(host, onKey);
  }

  get isOpen(): boolean {
    return this.#timer !== undefined;
  }

  open(): void {
    if (this.isOpen) return;
    const { host } = this.#options;
    host.stderr.on("resize", this.#onResize);
    host.on("exit", this.#onEnd);
    host.on("uncaughtExceptionMonitor", this.#onEnd);
    host.on("SIGTSTP", this.#onStop);
    this.#timer = setInterval(() => this.#tick(), tickEveryMs);
    this.#timer.unref();
    this.#tick();
  }

  close(): void {
    if (!this.isOpen) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#hide();
    const { host } = this.#options;
    host.stderr.off("resize", this.#onResize);
    host.off("exit", this.#onEnd);
    host.off("uncaughtExceptionMonitor", this.#onEnd);
    host.off("SIGTSTP", this.#onStop);
  }

  /** Something has changed. */
  update(): void {
    if (!this.isOpen) return;
    const inMs = this.#drawnAtMs + redrawEveryMs - performance.now();
    if (inMs <= 0) {
      this.#draw();
      return;
    }
    this.#soon ??= setTimeout(() => this.#draw(), inMs).unref();
  }

  /** A line that stays, above what is redrawn. */
  say(text: string): void {
    this.#frame.erase();
    this.#options.host.stderr.write(`${text}\n`);
    this.#draw();
  }

  #tick(): void {
    const { hasKeys, isForeground } = this.#options;
    if (hasKeys() && isForeground()) this.#keyboard.open();
    this.#draw();
  }

  #draw(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    if (!this.isOpen || !this.#options.isForeground()) return;
    const { host, lines } = this.#options;
    // A terminal that was given no size says 0.
    const columns = host.stderr.columns || fallback.columns;
    const rows = host.stderr.rows || fallback.rows;
    this.#frame.draw(lines({ columns, rows, colour: wantsColour(host, host.stderr) }));
    this.#drawnAtMs = performance.now();
  }

  #hide(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.#frame.erase();
    this.#keyboard.close();
  }
}
