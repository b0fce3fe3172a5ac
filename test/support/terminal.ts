import headless from "@xterm/headless";

/** A terminal that nobody sees: what it shows after everything that was written to it. */
export class ShownTerminal {
  readonly #terminal: headless.Terminal;
  #isCursorShown = true;

  constructor(size: { readonly columns: number; readonly rows: number }) {
    this.#terminal = new headless.Terminal({
      cols: size.columns,
      rows: size.rows,
      allowProposedApi: true,
      convertEol: true,
    });
  }

  async write(text: string): Promise<void> {
    const [shown, hidden] = [text.lastIndexOf("\u001b[?25h"), text.lastIndexOf("\u001b[?25l")];
    if (shown !== hidden) this.#isCursorShown = shown > hidden;
    await new Promise<void>((resolve) => this.#terminal.write(text, resolve));
  }

  resize({ columns, rows }: { readonly columns: number; readonly rows: number }): void {
    this.#terminal.resize(columns, rows);
  }

  get isCursorShown(): boolean {
    return this.#isCursorShown;
  }

  /** All lines that are not empty, those that have scrolled away included. */
  lines(): string[] {
    const { active } = this.#terminal.buffer;
    const lines = Array.from(
      { length: active.length },
      (_, row) => active.getLine(row)?.translateToString(true) ?? "",
    );
    return lines.filter((line) => line.trim() !== "");
  }
}
