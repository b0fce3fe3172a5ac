import { textWidth } from "../../report/text-width.js";
import type { Host } from "../host.js";

/** Control sequences (ECMA-48; DEC private modes as in xterm's ctlseqs). */
const codes = {
  hideCursor: "\u001b[?25l",
  showCursor: "\u001b[?25h",
  eraseLineAfter: "\u001b[K",
  eraseBelow: "\u001b[J",
  up: (rows: number) => (rows > 0 ? `\u001b[${rows}A` : ""),
} as const;

const usualColumns = 80;
const usualRows = 24;

/**
 * Some lines at the end of what a terminal shows, drawn over each other. The cursor stays below them where there is a
 * row for it: some terminals that become narrower do not break the line that it is in.
 */
export class Frame {
  readonly #stream: Host["stderr"];
  #lines: readonly string[] = [];
  #isBelow = false;

  constructor(stream: Host["stderr"]) {
    this.#stream = stream;
  }

  get isDrawn(): boolean {
    return this.#lines.length > 0;
  }

  draw(lines: readonly string[]): void {
    const text = lines.map((line) => line + codes.eraseLineAfter).join("\n");
    const isBelow = lines.length < (this.#stream.rows || usualRows);
    this.#stream.write(`${codes.hideCursor}${this.#toTop()}${text}${isBelow ? "\n" : ""}${codes.eraseBelow}`);
    this.#lines = lines;
    this.#isBelow = isBelow;
  }

  /** Leaves the cursor where the first line began. */
  erase(): void {
    if (!this.isDrawn) return;
    this.#stream.write(`${this.#toTop()}${codes.eraseBelow}${codes.showCursor}`);
    this.#lines = [];
  }

  /** A terminal that became narrower has broken the lines, each into as many as its text takes. */
  #toTop(): string {
    const columns = this.#stream.columns || usualColumns;
    const rows = this.#lines.map((line) => Math.max(1, Math.ceil(textWidth(line) / columns)));
    const height = rows.reduce((sum, count) => sum + count, 0);
    return `\r${codes.up(this.#isBelow ? height : height - 1)}`;
  }
}
