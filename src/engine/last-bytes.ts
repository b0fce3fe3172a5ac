/** The end of a text that comes in parts, in at most twice the memory that is kept. */
export class LastBytes {
  readonly #most: number;
  #parts: Buffer[] = [];
  #size = 0;

  constructor(most: number) {
    this.#most = most;
  }

  push(part: Buffer): void {
    this.#parts.push(part);
    this.#size += part.length;
    if (this.#size > 2 * this.#most) this.#cut();
  }

  text(): string {
    this.#cut();
    return this.#parts.map((part) => part.toString("utf8")).join("");
  }

  #cut(): void {
    // A copy: a slice would hold on to the whole.
    const kept = Buffer.from(Buffer.concat(this.#parts).subarray(-this.#most));
    this.#parts = [kept];
    this.#size = kept.length;
  }
}
