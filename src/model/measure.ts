/** A number of a report under a name, for tools that keep numbers over time. All are gauges: they are of one run. */
export interface Measure {
  /** In words with `_`, without unit and prefix, e.g. `growth_per_operation`. */
  readonly name: string;
  /** One sentence. */
  readonly help: string;
  /** Base unit; undefined = a count, or a mixed one that the name tells. */
  readonly unit: "seconds" | "bytes" | undefined;
  readonly samples: readonly MeasureSample[];
}

export interface MeasureSample {
  /** Harmless texts: cut, and without controls. */
  readonly labels: Readonly<Record<string, string>>;
  /** Finite. */
  readonly value: number;
}
