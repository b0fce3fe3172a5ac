/** A warning begins above `limit` and is over below 90% of it, so that a value at the limit warns once. */
export class Threshold {
  readonly limit: number;
  #isCrossed = false;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** What the value changes: `crossed` or `recovered`, once each; otherwise undefined. */
  observe(value: number): "crossed" | "recovered" | undefined {
    if (!this.#isCrossed && value > this.limit) {
      this.#isCrossed = true;
      return "crossed";
    }
    if (this.#isCrossed && value < 0.9 * this.limit) {
      this.#isCrossed = false;
      return "recovered";
    }
    return undefined;
  }
}
