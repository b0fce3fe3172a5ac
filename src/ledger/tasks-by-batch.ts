import type { RunView } from "../judge/run-view.js";
import { taskSource } from "../judge/task-series.js";
import { stayed } from "../stats/stayed.js";
import { batchesAt, exposuresOf } from "./exposures.js";
import type { Left } from "./left-by-batch.js";

/**
 * Tasks have no identity. What came with a batch and stayed is what the least that was held from then on is above the
 * least that was held from the batch before on.
 * @returns undefined where they cannot be followed: a look was lost from the start, or a process was restarted.
 */
export function tasksByBatch(view: RunView): Left | undefined {
  const level = taskSource(view).levels[0];
  if (!level || level.restarts.length > 0 || level.series.baseline.length === 0) return undefined;
  const { baseline, points, drain } = level.series;
  const values = [Math.min(...baseline), ...points.map(({ value }) => value)];
  const exposures = exposuresOf(view, batchesAt(view, points));
  return {
    exposures,
    mixed: stayed(values, Math.min(...drain, Number.POSITIVE_INFINITY)),
    known: exposures.flows.map(() => points.map(() => 0)),
    dateless: 0,
    isEmpty: false,
  };
}
