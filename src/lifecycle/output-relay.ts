import { Readable } from "node:stream";

/** Where output comes from: a pipe, or the master of a PTY. */
export interface OutputSource {
  pause(): void;
  resume(): void;
  /** Closes the file descriptor. */
  close(): void;
}

/** Silence after which a source whose writer has exited is taken to be held open by somebody else. */
const idleMs = 100;
/** For somebody else who goes on writing. */
const drainMs = 1000;
const drainBytes = 1024 * 1024;

/**
 * A stream between a source and its reader, so that the file descriptor can be closed soon after the
 * writer's exit, however slow the reader is: what the kernel still held then waits in memory.
 */
export class OutputRelay {
  readonly output: Readable;
  readonly #source: OutputSource;
  readonly #ended: Promise<void>;
  #resolveEnded: () => void = () => {};
  #isOver = false;
  #draining = false;
  #bytes = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(source: OutputSource) {
    this.#source = source;
    this.#ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    this.output = new Readable({
      read: () => source.resume(),
      destroy: (error, callback) => {
        this.end();
        callback(error);
      },
    });
  }

  /** Called by the source with each piece. */
  push(chunk: Buffer): void {
    if (this.#isOver || this.output.destroyed) return;
    const wantsMore = this.output.push(chunk);
    if (this.#draining) this.#drained(chunk.length);
    else if (!wantsMore) this.#source.pause();
  }

  /** Called by the source at its end; closes it and ends the output. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#idle);
    this.#source.close();
    if (!this.output.destroyed) this.output.push(null);
    this.#resolveEnded();
  }

  /** The writer has exited: takes what is left without waiting for the reader, then ends. */
  async drain(): Promise<void> {
    if (this.#isOver) return;
    this.#draining = true;
    const limit = setTimeout(() => this.end(), drainMs);
    this.#awaitSilence();
    this.#source.resume();
    await this.#ended;
    clearTimeout(limit);
  }

  #drained(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > drainBytes) this.end();
    else this.#awaitSilence();
  }

  #awaitSilence(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.end(), idleMs);
  }
}
