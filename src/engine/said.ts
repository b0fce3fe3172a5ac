/** What an engine has told of one run. Each part is bounded: of what it printed the end is kept, where summaries stand. */
export interface Said {
  readonly stdout: string;
  readonly stderr: string;
  /** What it wrote to the file that `{out}` names; undefined = it wrote none. */
  readonly report: string | undefined;
}

/** Operations of one run of an engine, by its own word. */
export interface Tally {
  readonly landed: number;
  readonly failed: number;
}
