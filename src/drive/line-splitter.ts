const lineFeed = 10;
const carriageReturn = 13;

/** Cuts a stream of bytes into lines. */
export class LineSplitter {
  readonly #mostBytes: number;
  readonly #onLine: (line: Buffer) => void;
  #parts: Buffer[] = [];
  #bytes = 0;

  constructor(mostBytes: number, onLine: (line: Buffer) => void) {
    this.#mostBytes = mostBytes;
    this.#onLine = onLine;
  }

  /** @returns false where a line is longer than may be. */
  push(chunk: Buffer): boolean {
    let from = 0;
    for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, from)) {
      this.#end(chunk.subarray(from, at));
      from = at + 1;
    }
    if (from < chunk.length) {
      this.#parts.push(chunk.subarray(from));
      this.#bytes += chunk.length - from;
    }
    return this.#bytes <= this.#mostBytes;
  }

  #end(rest: Buffer): void {
    const line = this.#parts.length === 0 ? rest : Buffer.concat([...this.#parts, rest]);
    this.#parts = [];
    this.#bytes = 0;
    this.#onLine(line.at(-1) === carriageReturn ? line.subarray(0, -1) : line);
  }
}
