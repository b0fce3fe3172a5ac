import { StringDecoder } from "node:string_decoder";
import { FrameWatch } from "./frame-watch.js";
import { look } from "./match.js";

/** Characters of a stream without messages that are looked at together; the oldest go first. */
const mostCharacters = 64 * 1024;

/** The same for bytes without framing: what is awaited is looked for in all that came since the last find. */
export class StreamWatch extends FrameWatch {
  readonly #decoder = new StringDecoder("utf8");
  #text = "";

  /** @returns true when what is awaited is there. */
  push(chunk: Buffer): boolean {
    if (!this.current) return false;
    this.#text = (this.#text + this.#decoder.write(chunk)).slice(-mostCharacters);
    return this.#look();
  }

  override recheck(): void {
    this.#look();
  }

  #look(): boolean {
    let isFound = false;
    for (let awaited = this.current; awaited && this.#text !== ""; awaited = this.current) {
      const text = this.#text;
      const seen = this.isKnown(awaited) ? look(awaited.step.match, text, this.awaiting.fill) : undefined;
      if (!seen) {
        this.passOver(text);
        return isFound;
      }
      // An empty find must not be found for ever.
      this.#text = text.slice(Math.max(seen.end, 1));
      this.tick(awaited, seen, text);
      isFound = true;
    }
    return isFound;
  }
}
