import { StringDecoder } from "node:string_decoder";

export interface Line {
  readonly text: string;
  /** True when the line was longer than may be: `text` is its beginning. */
  readonly truncated: boolean;
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const nothing: Buffer = Buffer.alloc(0);

/**
 * Bytes to lines, without their `\n` or `\r\n`. Bytes are kept until their line is whole, so that a
 * character cut in two by the chunks is not. Holds less than twice `maxLineBytes`, between lines nothing.
 */
export class LineSplitter {
  readonly #maxLineBytes: number;
  /** The beginning of a line, in the first `#keptBytes` of a buffer that grows by doubling. */
  #kept = nothing;
  #keptBytes = 0;
  /** In the rest of a line that was cut. */
  #skipping = false;

  constructor(maxLineBytes: number) {
    this.#maxLineBytes = maxLineBytes;
  }

  push(chunk: Buffer): Line[] {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      this.#keep(chunk.subarray(start, end), lines);
      if (!this.#skipping) lines.push(this.#take(false));
      this.#skipping = false;
      start = end + 1;
    }
    this.#keep(chunk.subarray(start), lines);
    return lines;
  }

  /** The last line, which no newline ends, if there is one. */
  flush(): Line[] {
    this.#skipping = false;
    return this.#keptBytes > 0 ? [this.#take(false)] : [];
  }

  #keep(bytes: Buffer, lines: Line[]): void {
    if (this.#skipping || bytes.length === 0) return;
    const taken = Math.min(bytes.length, this.#maxLineBytes - this.#keptBytes);
    this.#makeRoom(this.#keptBytes + taken);
    bytes.copy(this.#kept, this.#keptBytes, 0, taken);
    this.#keptBytes += taken;
    if (taken === bytes.length) return;
    lines.push(this.#take(true));
    this.#skipping = true;
  }

  #makeRoom(bytes: number): void {
    if (bytes <= this.#kept.length) return;
    const larger = Buffer.allocUnsafe(Math.max(bytes, 2 * this.#kept.length));
    this.#kept.copy(larger, 0, 0, this.#keptBytes);
    this.#kept = larger;
  }

  #take(truncated: boolean): Line {
    const bytes = this.#kept.subarray(0, this.#keptBytes);
    this.#kept = nothing;
    this.#keptBytes = 0;
    // A decoder leaves out a character that the cut went through.
    if (truncated) return { text: new StringDecoder("utf8").write(bytes), truncated };
    const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
    return { text: bytes.toString("utf8", 0, end), truncated };
  }
}
