import { StringDecoder } from "node:string_decoder";
import { formatBytes } from "../model/units.js";

/** No line of a profile is nearly as long. */
const maxLineLength = 64 * 1024;

/** Makes lines of the parts of a text as they come, so that the whole need not be held. */
export class LineStream {
  readonly #take: (line: string) => void;
  readonly #decoder = new StringDecoder("utf8");
  #pending = "";

  /** `take` gets each line without its end; what it throws goes through. */
  constructor(take: (line: string) => void) {
    this.#take = take;
  }

  /** @throws Error on a line that is too long to be one. */
  push(part: Buffer): void {
    const lines = (this.#pending + this.#decoder.write(part)).split("\n");
    this.#pending = lines.pop() ?? "";
    for (const line of lines) this.#take(line);
    if (this.#pending.length > maxLineLength) {
      throw new Error(`a line is longer than ${formatBytes(maxLineLength)}`);
    }
  }

  /** True where the text ended in mid-line; that line was not taken. */
  end(): boolean {
    return this.#pending.length > 0;
  }
}
