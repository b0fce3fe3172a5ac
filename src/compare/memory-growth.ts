import { type MemorySeries, memorySeries } from "../judge/memory-series.js";
import { lackOf } from "../judge/minimums.js";
import { rigourFor } from "../judge/rigour.js";
import type { RunView } from "../judge/run-view.js";
import { goingDrift } from "../judge/series/going-drift.js";
import { prepare } from "../judge/series/prepared.js";
import type { TMixture } from "../stats/t-mixture.js";

export interface MemoryGrowth {
  /** Bytes per operation. */
  readonly slope: Pick<TMixture, "quantile">;
  /** What was measured: `live bytes after a forced collection`, … */
  readonly by: string;
}

/** How memory goes on growing, by the best measure that there is; or what the record lacks for that. */
export function memoryGrowth(view: RunView): MemoryGrowth | string {
  const best = memorySeries(view).find(
    ({ series }) => series.baseline.length > 0 && (view.drain.length === 0 || series.drain.length > 0),
  );
  if (!best) return "memory could not be read";
  const lack = lackOf(view, best.series.points.length);
  if (lack !== undefined) return lack;
  const slope = slopeOf(best);
  return slope ? { slope, by: best.noun } : "too few points to tell noise from growth";
}

/** As the judge has it. What the rigour is makes no difference to the slope. */
function slopeOf({ series, restarts }: MemorySeries): TMixture | undefined {
  const begun = restarts.flatMap((index) => series.points[index]?.operations ?? []);
  return goingDrift(prepare(series, rigourFor({ series: 1, look: 1 })), begun)?.drift.slope;
}
