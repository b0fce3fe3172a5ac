import { fewestBatches } from "../model/scenario.js";
import type { RunView } from "./run-view.js";

/**
 * What the record lacks for any verdict on growth, with what would settle it.
 * @param readable batches in which the resource could be read
 */
export function lackOf(view: RunView, readable: number): string | undefined {
  if (view.baseline.length === 0) return "the run ended before its baseline; run it to its end";
  if (view.operations.landed === 0) return "no operation landed, so nothing was tried; see why in the notes";
  if (readable < fewestBatches) return tooFew(view, readable);
  if (view.drain.length === 0) {
    return "the run ended before the drain, so a slow release cannot be told from a leak; let it run to its end";
  }
  return undefined;
}

function tooFew(view: RunView, readable: number): string {
  const { load } = view.record.run.scenario;
  const taken = view.batches.length;
  if (taken >= fewestBatches)
    return `it could be read at only ${readable} of ${taken} quiescent points; see why in the notes`;
  const fix = view.interrupted
    ? "let the run go on"
    : `run at least ${fewestBatches * load.batch} operations, or smaller batches`;
  return `only ${taken} quiescent ${taken === 1 ? "point" : "points"}, ${fewestBatches} are needed: ${fix}`;
}
