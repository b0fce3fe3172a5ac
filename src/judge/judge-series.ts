import type { Rigour, Series, SeriesVerdict } from "../model/series.js";

/** Judges one series: a placeholder until the engine stands. */
export function judgeSeries(series: Series, rigour: Rigour): SeriesVerdict {
  return {
    verdict: "inconclusive",
    shape: "unclear",
    perOperation: 0,
    low: 0,
    high: 0,
    detectable: Number.POSITIVE_INFINITY,
    perHour: undefined,
    reason: `${series.name} was not judged`,
    numbers: { alpha: rigour.alpha },
  };
}
