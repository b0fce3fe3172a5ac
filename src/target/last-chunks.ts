/** Chunks smaller than this are joined, so that a stream of single bytes is no list of thousands. */
const smallBytes = 4096;

/** The last bytes of a stream, in whole chunks: what is taken out at the front makes room for what comes. */
export class LastChunks {
  readonly #mostBytes: number;
  readonly #chunks: Buffer[] = [];
  #held = 0;
  #isCut = false;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** The beginning is gone. */
  get isCut(): boolean {
    return this.#isCut;
  }

  push(chunk: Buffer): void {
    const before = this.#chunks.at(-1);
    const isSmall = before !== undefined && before.length + chunk.length <= smallBytes;
    if (isSmall) this.#chunks[this.#chunks.length - 1] = Buffer.concat([before, chunk]);
    else this.#chunks.push(chunk);
    this.#held += chunk.length;
    for (let first = this.#chunks[0]; first && this.#held - first.length >= this.#mostBytes; ) {
      this.#chunks.shift();
      this.#held -= first.length;
      this.#isCut = true;
      first = this.#chunks[0];
    }
  }

  /** At most as many as may be kept. */
  bytes(): Buffer {
    return Buffer.concat(this.#chunks).subarray(-this.#mostBytes);
  }
}
