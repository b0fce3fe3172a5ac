import { textWidth } from "./text-width.js";

export interface Wrap {
  readonly width: number;
  /** Put before the first line, e.g. `  tasks: `. */
  readonly first: string;
  /** Put before every further line. */
  readonly rest: string;
}

/** Breaks a text between words; a word that is too long stands on a line of its own, whole. */
export function wrap(text: string, { width, first, rest }: Wrap): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(" ")) {
    if (!isEmpty && textWidth(`${line} ${word}`) > width) {
      lines.push(line);
      line = rest;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
