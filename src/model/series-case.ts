import type { Series } from "./series.js";

/**
 * A bare series as a file tells it. What a file may say besides, such as its own idea of the verdict, is
 * not among this, so that no judge can come to see it.
 */
export interface SeriesCase {
  readonly name: string;
  readonly kind: Series["kind"];
  /** Cumulated operations at each sample. */
  readonly operations: readonly number[];
  /** Milliseconds since the baseline at each sample. */
  readonly atMs: readonly number[];
  readonly baseline: readonly number[];
  /** One for each batch; null = missed. */
  readonly samples: readonly (number | null)[];
  readonly drain: readonly number[];
}

/** The series of a case: what was missed leaves no point. */
export function seriesOf({ name, kind, baseline, samples, drain, ...at }: SeriesCase): Series {
  const points = samples.flatMap((value, index) =>
    value === null ? [] : [{ operations: at.operations[index] ?? 0, atMs: at.atMs[index] ?? 0, value }],
  );
  return { name, kind, baseline, points, drain };
}
