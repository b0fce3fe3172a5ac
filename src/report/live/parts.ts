import { cut, textWidth } from "../text-width.js";

/** A piece of a line. */
export interface Part {
  readonly text: string;
  /** Where there is too little room the part with the highest rank goes first. */
  readonly rank: number;
}

const between = "  ";

/** The parts on one line of at most `room` columns; what there is no room for is left out, and the last one is cut. */
export function fitted(parts: readonly (Part | undefined)[], room: number): string {
  let kept = parts.filter((part) => part !== undefined);
  while (kept.length > 1 && textWidth(lineOf(kept)) > room) {
    const least = Math.max(...kept.map(({ rank }) => rank));
    kept = kept.filter(({ rank }) => rank !== least);
  }
  return cut(lineOf(kept), Math.max(0, room));
}

function lineOf(parts: readonly Part[]): string {
  return parts.map(({ text }) => text).join(between);
}
