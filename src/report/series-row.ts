import type { Series, SeriesVerdict } from "../model/series.js";
import type { Rate, Shape } from "../model/verdict.js";

/** A bare series and what the judge made of it. */
export interface JudgedSeries {
  readonly series: Pick<Series, "name" | "kind">;
  readonly verdict: SeriesVerdict;
}

/** What a series comes to: it leaks, it does not, or that cannot be told. */
export type SeriesOutcome = "leak" | "stable" | "inconclusive";

/** One line for machines. A number that is not known is null. */
export interface SeriesRow {
  readonly name: string;
  readonly verdict: SeriesOutcome;
  /** Growth per operation and its 95% interval, in units of the series. */
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The smallest growth per operation that would have been seen. */
  readonly detectable: number | null;
  readonly reason: string;
  readonly shape: Shape;
  readonly perHour: { readonly [Name in keyof Rate]: number | null } | null;
}

/** Not measured is never stable. */
export function outcomeOf({ verdict }: Pick<SeriesVerdict, "verdict">): SeriesOutcome {
  if (verdict === "fail") return "leak";
  return verdict === "pass" ? "stable" : "inconclusive";
}

export function seriesRow({ series, verdict }: JudgedSeries): SeriesRow {
  const { perOperation, low, high, detectable, reason, shape, perHour } = verdict;
  return {
    name: series.name,
    verdict: outcomeOf(verdict),
    rate: known(perOperation),
    low: known(low),
    high: known(high),
    detectable: known(detectable),
    reason,
    shape,
    perHour: perHour
      ? { rate: known(perHour.rate), low: known(perHour.low), high: known(perHour.high) }
      : null,
  };
}

/** JSON has no infinity, and no NaN. */
function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
