import { StringDecoder } from "node:string_decoder";
import { LineSplitter } from "./line-splitter.js";

/** Turns the chunks of one stream of UTF-8 into lines. */
export class LineReading {
  readonly #decoder = new StringDecoder("utf8");
  readonly #splitter = new LineSplitter();

  /** The line that has no end yet. */
  get pending(): string {
    return this.#splitter.pending;
  }

  /** @returns the lines that the chunk completed */
  push(chunk: Buffer): string[] {
    return this.#splitter.push(this.#decoder.write(chunk));
  }
}
