/** What a page of the manual is about. */
export const pageKinds = [
  "criterion",
  "verdict",
  "exit code",
  "shape",
  "finding",
  "note",
  "resource",
  "word",
] as const;
export type PageKind = (typeof pageKinds)[number];

/**
 * One page: what a word of a report means, and what to do about it. Texts are plain sentences; what stands between
 * backticks is to be typed, or stands in a report as it is.
 */
export interface Page {
  readonly kind: PageKind;
  /** As it stands in a report, e.g. `fds`, `3`, `filling pool`. Unique, whatever its case. */
  readonly word: string;
  /** Other words that lead here. */
  readonly also?: readonly string[];
  /** What a report says may hold names and numbers: whatever this matches leads here, too. */
  readonly pattern?: RegExp;
  /** One sentence: the answer for who has five seconds. */
  readonly short: string;
  /** Paragraphs. */
  readonly text: readonly string[];
  /** A picture of its curve. */
  readonly sketch?: string;
  /** What to do, one step in each. */
  readonly steps?: readonly string[];
  /** Words of other pages. */
  readonly see?: readonly string[];
}
