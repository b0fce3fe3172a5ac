/** A way into the data: keys of mappings and indexes of lists. */
export type Path = readonly (string | number)[];

/** One thing that is wrong in a scenario file. */
export interface Mistake {
  readonly path: Path;
  /** True: it is the last key of the path that is wrong, not its value. */
  readonly atKey?: boolean;
  /** What was expected and what was found, in one line. */
  readonly text: string;
  /** What to write in its place. */
  readonly fix?: string | undefined;
}

/** A mistake with the place in the text, both counted from 1. */
export interface PlacedMistake {
  readonly line: number;
  readonly col: number;
  readonly text: string;
  readonly fix?: string | undefined;
}
