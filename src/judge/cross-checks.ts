import type { Series } from "../model/series.js";
import { autocorrelation } from "../stats/autocorrelation.js";
import { changePoints } from "../stats/change-points.js";
import { effectiveSize } from "../stats/effective-size.js";
import { kendallTau } from "../stats/kendall-tau.js";
import { mad } from "../stats/mad.js";
import { mannKendall } from "../stats/mann-kendall.js";
import { ols } from "../stats/ols.js";
import { quantile } from "../stats/quantile.js";
import { theilSen } from "../stats/theil-sen.js";

/** Fewer points than this say nothing to any of the tests. */
const fewestPoints = 4;

/**
 * What simpler, well-known tests say of the same points: they decide nothing, since each of them takes pools and
 * warm-ups for leaks, but a reader knows them. Slopes are units per operation.
 */
export function crossChecks({ points }: Series): Record<string, number> {
  if (points.length < fewestPoints) return {};
  const values = points.map(({ value }) => value);
  const line = points.map(({ operations, value }) => ({ x: operations, y: value }));
  const [robust, least] = [theilSen(line), ols(line)];
  const named: Readonly<Record<string, number | undefined>> = {
    theilSenSlope: robust?.slope,
    theilSenLow: robust?.low,
    theilSenHigh: robust?.high,
    mannKendallP: mannKendall(values).pTwoSided,
    kendallTau: kendallTau(line),
    leastSquaresSlope: least?.slope,
    leastSquaresP: least?.pTwoSided,
    autocorrelation: autocorrelation(values),
    independentPoints: effectiveSize(values),
    changePoints: changePoints(values).length,
    medianDeviation: mad(values),
    lowestTenth: quantile(values, 0.1),
  };
  return Object.fromEntries(
    Object.entries(named).filter((pair): pair is [string, number] => Number.isFinite(pair[1])),
  );
}
