export interface HistoryEntry {
  readonly sender: "user" | "agent";
  readonly content: string;
}

const mostEntries = 200;
const mostCharacters = 128 * 1024;

/** What was said in one conversation, bounded: the oldest entries give way. */
export class History {
  #entries: HistoryEntry[] = [];
  #characters = 0;
  #turns = 0;

  get entries(): readonly HistoryEntry[] {
    return this.#entries;
  }

  /** Prompts since the conversation began, forgotten ones included. */
  get turns(): number {
    return this.#turns;
  }

  add(entry: HistoryEntry): void {
    this.#entries.push(entry);
    this.#characters += entry.content.length;
    if (entry.sender === "user") this.#turns += 1;
    while (this.#entries.length > mostEntries || this.#characters > mostCharacters) this.#forgetOldest();
  }

  clear(): void {
    this.#entries = [];
    this.#characters = 0;
    this.#turns = 0;
  }

  #forgetOldest(): void {
    this.#characters -= this.#entries.shift()?.content.length ?? 0;
  }
}
