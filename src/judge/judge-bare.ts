import type { Series, SeriesVerdict } from "../model/series.js";
import { fewestBatches } from "../model/scenario.js";
import { judgeSeries } from "./judge-series.js";
import { rigourFor, runAlpha } from "./rigour.js";

/** One series, looked at once, with no look to follow. */
const alone = { ...rigourFor({ series: 1, look: 1 }), alpha: runAlpha };

/** Judges a series that belongs to no run: it has the chance of a whole run to be wrong for itself alone. */
export function judgeBare(series: Series): SeriesVerdict {
  const lack = lackOf(series);
  return lack === undefined ? judgeSeries(series, alone) : undecided(lack);
}

function lackOf({ baseline, points }: Series): string | undefined {
  if (points.length === 0) return "there is no sample, so nothing was measured";
  if (points.length === 1) return "there is only one sample, and one shows no growth: take more batches";
  if (baseline.length === 0) {
    return "there is no look before the load, so there is nothing to compare the samples with: take a baseline";
  }
  if (points.length < fewestBatches) {
    return `there are only ${points.length} samples, and ${fewestBatches} are needed: take more batches`;
  }
  return undefined;
}

function undecided(reason: string): SeriesVerdict {
  return {
    verdict: "inconclusive",
    shape: "unclear",
    perOperation: Number.NaN,
    low: Number.NEGATIVE_INFINITY,
    high: Number.POSITIVE_INFINITY,
    detectable: Number.POSITIVE_INFINITY,
    perHour: undefined,
    reason,
    numbers: {},
  };
}
