import type { Match } from "../model/scenario.js";
import { inert } from "./failure.js";
import { matches } from "./match.js";

/** Enough bytes for the 120 characters that a reason shows. */
const glanceBytes = 480;

/**
 * Looks at the frames of one connection as they come and ticks off the awaited matches in order.
 * The steps are known beforehand, so no frame needs to be kept: a flood costs no memory, and a
 * frame that came before its `expect` counts as if it had waited in a queue.
 */
export class FrameWatch {
  readonly #awaited: readonly Match[];
  #matched = 0;
  #asked = 0;
  #last: string | undefined;

  constructor(awaited: readonly Match[]) {
    this.#awaited = awaited;
  }

  /** @returns true when the frame is the next awaited one. */
  see(frame: Buffer, isBinary: boolean): boolean {
    const match = this.#awaited[this.#matched];
    if (!match) return false;
    if (matches(match, frame)) {
      this.#matched++;
      return true;
    }
    this.#last = isBinary ? `<binary, ${frame.length} bytes>` : frame.toString("utf8", 0, glanceBytes);
    return false;
  }

  /** The number, from 1, of the match that the next `expect` waits for. */
  next(): number {
    return ++this.#asked;
  }

  has(nth: number): boolean {
    return this.#matched >= nth;
  }

  /** The last frame that was not awaited, as a reason shows it. */
  get last(): string {
    return this.#last === undefined ? "no other frame came" : `last frame was ${inert(this.#last)}`;
  }
}
