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

/** Some lines at the end of what a terminal shows, drawn over each other. The cursor stays in the last one. */
export class Frame {
  readonly #stream: Host["stderr"];
  #lines: readonly string[] = [];

  constructor(stream: Host["stderr"]) {
    this.#stream = stream;
  }

  get isDrawn(): boolean {
    return this.#lines.length > 0;
  }

  draw(lines: readonly string[]): void {
    const text = lines.map((line) => line + codes.eraseLineAfter).join("\n");
    this.#stream.write(`${codes.hideCursor}${this.#toTop()}${text}${codes.eraseBelow}`);
    this.#lines = lines;
  }

  /** Leaves the cursor where the first line began. */
  erase(): void {
    if (!this.isDrawn) return;
    this.#stream.write(`${this.#toTop()}${codes.eraseBelow}${codes.showCursor}`);
    this.#lines = [];
  }

  /** A terminal that became narrower has broken the lines, each into as many as its text takes. */
  #toTop(): string {
    const columns = Math.max(1, this.#stream.columns ?? 80);
    const rows = this.#lines.map((line) => Math.max(1, Math.ceil(textWidth(line) / columns)));
    return `\r${codes.up(rows.reduce((sum, count) => sum + count, 0) - 1)}`;
  }
}
