import { LineReading } from "./line-reading.js";

/** Which of the two streams of a process. */
export type StreamName = "stdout" | "stderr";

interface Piece {
  readonly of: StreamName;
  readonly chunk: Buffer;
}

/** Room for some hundred lines of the longest. */
const mostBytes = 512 * 1024;
const mostPieces = 4096;
/** Chunks smaller than this are joined with the one before, if it is of the same stream. */
const smallBytes = 4096;

/** The last output of both streams, as it came. It is made into lines only when somebody asks: a flood costs little. */
export class LastLines {
  readonly #pieces: Piece[] = [];
  readonly #cut = new Set<StreamName>();
  #heldBytes = 0;

  push(of: StreamName, chunk: Buffer): void {
    const before = this.#pieces.at(-1);
    const joins = before?.of === of && before.chunk.length + chunk.length <= smallBytes;
    if (joins) this.#pieces[this.#pieces.length - 1] = { of, chunk: Buffer.concat([before.chunk, chunk]) };
    else this.#pieces.push({ of, chunk });
    this.#heldBytes += chunk.length;
    while (this.#heldBytes > mostBytes || this.#pieces.length > mostPieces) this.#drop();
  }

  #drop(): void {
    const first = this.#pieces.shift();
    if (!first) return;
    this.#heldBytes -= first.chunk.length;
    this.#cut.add(first.of);
  }

  /** Those that came to an end, in that order, then those that have none yet. */
  lines(): string[] {
    const readers = { stdout: new LineReading(), stderr: new LineReading() };
    const halves = new Set(this.#cut);
    const whole = this.#pieces.flatMap(({ of, chunk }) => {
      const lines = readers[of].push(chunk);
      // Of a stream whose beginning is gone, the first line is but the end of one.
      const isHalf = lines.length > 0 && halves.delete(of);
      return isHalf ? lines.slice(1) : lines;
    });
    const pending = [readers.stdout.pending, readers.stderr.pending];
    return [...whole, ...pending.filter((line) => line !== "")];
  }
}
