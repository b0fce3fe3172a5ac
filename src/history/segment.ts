import { type HistoryEntry, historyVersion } from "../model/history.js";
import { isObject, parsed, readLine } from "./entry-line.js";

/** First line of each file: what it is, whatever its name. */
export const header: string = `${JSON.stringify({ format: "watertight-history", version: historyVersion })}\n`;

/** One file of a history, read. */
export interface Segment {
  /** False: it is a file of something else. */
  readonly isHistory: boolean;
  readonly entries: readonly HistoryEntry[];
  /** Lines of a newer version, or damaged ones: more than could be written again. */
  readonly passedOver: number;
  /** What was passed over, and why. */
  readonly notes: readonly string[];
}

/** Reads what is whole. A write that was cut off, a line of a newer version, a damaged one: told, and passed over. */
export function readSegment(text: string): Segment {
  const lines = text.split("\n");
  // After the last line break there is nothing, or a line that was not finished.
  const rest = lines.pop() ?? "";
  const [first, ...others] = lines;
  if (first === undefined) return begun(text);
  if (!isHeader(first)) return notOurs;
  const read = others.map((line) => readLine(line));
  const last = rest === "" ? [] : [readLine(rest)].filter((each) => typeof each === "object");
  const entries = [...read, ...last].filter((each) => typeof each === "object");
  const isCut = rest !== "" && last.length === 0;
  const passedOver = read.filter((each) => typeof each !== "object").length;
  return { isHistory: true, entries, passedOver, notes: [...notesOf(read), ...(isCut ? [cutOff] : [])] };
}

const cutOff = "its last line is cut off: the run that wrote it was ended there";
const notOurs: Segment = { isHistory: false, entries: [], passedOver: 0, notes: [] };

/** A write may have got no further than into the header. */
function begun(text: string): Segment {
  const notes = text === "" ? [] : [cutOff];
  return header.startsWith(text) ? { isHistory: true, entries: [], passedOver: 0, notes } : notOurs;
}

function isHeader(line: string): boolean {
  const value = parsed(line);
  return isObject(value) && value["format"] === "watertight-history" && typeof value["version"] === "number";
}

function notesOf(read: readonly (HistoryEntry | "newer" | "broken")[]): string[] {
  const count = (what: "newer" | "broken"): number => read.filter((each) => each === what).length;
  const newer = count("newer");
  const at = read.indexOf("broken");
  return [
    ...(newer > 0 ? [`${lines(newer)} of a newer version passed over; update watertight to see them`] : []),
    ...(at >= 0
      ? [`${lines(count("broken"))} damaged and passed over, the first of them line ${at + 2}`]
      : []),
  ];
}

function lines(count: number): string {
  return count === 1 ? "1 line" : `${count} lines`;
}
