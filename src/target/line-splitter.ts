/** Lines longer than this are cut. */
export const maxLineLength = 2048;

/** Turns chunks of text into lines, holding at most one cut line in memory whatever arrives. */
export class LineSplitter {
  #pending = "";

  /** The line that has no end yet. */
  get pending(): string {
    return this.#pending;
  }

  /** Takes a chunk and returns the lines that it completed, without their line ends. */
  push(chunk: string): string[] {
    const [first = "", ...rest] = chunk.split("\n");
    const pieces = [cut(this.#pending, first), ...rest.map((piece) => cut("", piece))];
    this.#pending = pieces.pop() ?? "";
    return pieces.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
  }
}

function cut(held: string, more: string): string {
  return held + more.slice(0, Math.max(0, maxLineLength - held.length));
}
