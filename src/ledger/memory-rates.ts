import { memorySeries } from "../judge/memory-series.js";
import type { RunView } from "../judge/run-view.js";
import { levelRates } from "../stats/level-rates.js";
import { batchesAt, type Exposures, exposuresOf } from "./exposures.js";
import type { Solve } from "./solution.js";
import { added } from "./sources.js";

/** Solves for bytes, of the best measure of memory; undefined where its course cannot be followed. */
export function memoryRates(
  view: RunView,
): { readonly exposures: Exposures; readonly solve: Solve } | undefined {
  const [best] = memorySeries(view).filter(({ series }) => series.baseline.length > 0);
  if (!best || best.restarts.length > 0) return undefined;
  const { baseline, points } = best.series;
  const exposures = exposuresOf(view, batchesAt(view, points));
  const levels = [Math.min(...baseline), ...points.map(({ value }) => value)];
  const solve: Solve = (sources) => {
    const columns = sources.map((source) => [0, ...runningSum(added(exposures.counts, source))]);
    const rates = levelRates(levels, columns);
    return (
      rates && {
        rate: (source) => Math.max(0, rates[source]?.quantile(0.5) ?? 0),
        interval: (source, tail) => ({
          low: Math.max(0, rates[source]?.quantile(tail) ?? 0),
          high: Math.max(0, rates[source]?.quantile(1 - tail) ?? 0),
        }),
        isAbove: (source, rate, tail) => (rates[source]?.cdf(rate) ?? 1) < tail,
      }
    );
  };
  return { exposures, solve };
}

function runningSum(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => (sum += value));
}
