import type { Readable } from "node:stream";
import { type Line, LineSplitter } from "./line-splitter.js";

export interface LineReaderOptions {
  /** Longest line in bytes; what is longer is cut there. */
  readonly maxLineBytes: number;
  /** Gives up after so long without a byte; a stream that its reader paused is not silent. */
  readonly idleMs?: number | undefined;
  /** Stops the reading when aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Gets each line without its `\n` or `\r\n`; the last one need not have had one. */
  readonly onLine: (line: string) => void;
  /** Told before a line is delivered that it is only the beginning of one. */
  readonly onTruncated?: (() => void) | undefined;
}

/** `closed`: the stream was destroyed before its end. */
export type LineReaderEnd = "end" | "error" | "aborted" | "idle" | "closed";

export interface LineReader {
  /** Resolves when nothing is held any more: no listener, no buffer, no stream. Never rejects. */
  readonly done: Promise<LineReaderEnd>;
  /** Ends the reading (`aborted`). */
  stop(): void;
}

/** Reads a stream of bytes or text line by line, and destroys it however the reading ends. */
export function readLines(stream: Readable, options: LineReaderOptions): LineReader {
  const reading = new LineReading(stream, options);
  return { done: reading.done, stop: () => reading.finish("aborted") };
}

class LineReading {
  readonly done: Promise<LineReaderEnd>;
  readonly #stream: Readable;
  readonly #options: LineReaderOptions;
  readonly #splitter: LineSplitter;
  readonly #listeners: readonly (readonly [string, (argument: Buffer | string) => void])[];
  #resolve: (end: LineReaderEnd) => void = () => {};
  #isOver = false;
  #idle: NodeJS.Timeout | undefined;

  constructor(stream: Readable, options: LineReaderOptions) {
    this.#stream = stream;
    this.#options = options;
    this.#splitter = new LineSplitter(options.maxLineBytes);
    this.done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#listeners = [
      ["data", (chunk) => this.#take(chunk)],
      ["end", () => this.finish("end")],
      ["error", () => this.finish("error")],
      ["close", () => this.finish("closed")],
    ];
    this.#begin();
  }

  finish(end: LineReaderEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#detach();
    this.#resolve(end);
    const rest = this.#splitter.flush();
    // Whoever stops the reading has no use for half a line.
    if (end !== "aborted") for (const line of rest) this.#deliver(line);
  }

  #begin(): void {
    const { signal } = this.#options;
    if (signal?.aborted) return this.finish("aborted");
    if (this.#stream.readableEnded) return this.finish("end");
    if (this.#stream.destroyed) return this.finish(this.#stream.errored ? "error" : "closed");
    signal?.addEventListener("abort", this.#onAbort, { once: true });
    for (const [event, listener] of this.#listeners) this.#stream.on(event, listener);
    this.#awaitData();
  }

  #detach(): void {
    clearTimeout(this.#idle);
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    for (const [event, listener] of this.#listeners) this.#stream.off(event, listener);
    // Destroying may still emit an error, which nobody else need listen for.
    this.#stream.on("error", ignore);
    this.#stream.destroy();
  }

  readonly #onAbort = (): void => this.finish("aborted");

  #take(chunk: Buffer | string): void {
    this.#awaitData();
    for (const line of this.#splitter.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk)) {
      if (this.#isOver) return;
      this.#deliverOrEnd(line);
    }
  }

  /** What `onLine` throws is its caller's to see, but must not leave the stream open. */
  #deliverOrEnd(line: Line): void {
    try {
      this.#deliver(line);
    } catch (error) {
      this.finish("aborted");
      throw error;
    }
  }

  #deliver(line: Line): void {
    if (line.truncated) this.#options.onTruncated?.();
    this.#options.onLine(line.text);
  }

  #awaitData(): void {
    const { idleMs } = this.#options;
    if (idleMs === undefined) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(
      () => (this.#stream.isPaused() ? this.#awaitData() : this.finish("idle")),
      idleMs,
    );
  }
}

function ignore(): void {}
