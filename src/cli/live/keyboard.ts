import type { Host } from "../host.js";

export type Key = "q" | "s" | "?" | "space" | "ctrl-c" | "ctrl-z" | "ctrl-\\";

const keys: Readonly<Record<string, Key>> = {
  q: "q",
  s: "s",
  "?": "?",
  h: "?",
  " ": "space",
  "\u0003": "ctrl-c",
  "\u001a": "ctrl-z",
  "\u001c": "ctrl-\\",
};
const escape = "\u001b";

/** Keys of a terminal on stdin, one by one and not shown, for as long as it is open. */
export class Keyboard {
  readonly #host: Pick<Host, "stdin">;
  readonly #onKey: (key: Key) => void;
  #isOpen = false;
  readonly #onData = (chunk: Buffer | string): void => {
    const text = chunk.toString();
    // Arrows and the like begin so, and have letters in them.
    if (text.startsWith(escape)) return;
    for (const character of text) {
      const key = keys[character.toLowerCase()];
      if (key !== undefined && this.#isOpen) this.#onKey(key);
    }
  };

  constructor(host: Pick<Host, "stdin">, onKey: (key: Key) => void) {
    this.#host = host;
    this.#onKey = onKey;
  }

  open(): void {
    if (this.#isOpen || !this.#setRaw(true)) return;
    this.#isOpen = true;
    this.#stdin.on("data", this.#onData);
    this.#stdin.resume();
    // A run that is over must not wait for a key.
    this.#stdin.unref();
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#stdin.off("data", this.#onData);
    this.#stdin.pause();
    this.#setRaw(false);
  }

  /** Not before it is needed: Node makes it at the first use. */
  get #stdin(): Host["stdin"] {
    return this.#host.stdin;
  }

  /** False where the terminal is gone. */
  #setRaw(raw: boolean): boolean {
    try {
      this.#stdin.setRawMode(raw);
      return true;
    } catch {
      return false;
    }
  }
}
