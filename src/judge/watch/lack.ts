import { fewestBatches } from "../../model/scenario.js";
import type { WatchedView } from "./watched-view.js";

/**
 * What a watch lacks for any verdict on growth, with what would settle it.
 * @param readable looks after the baseline at which the resource could be read
 */
export function lackOf(view: WatchedView, readable: number): string | undefined {
  if (view.baseline.length === 0) return "the watch ended before its first look; watch longer";
  const taken = view.batches.length;
  if (taken >= fewestBatches && readable < fewestBatches)
    return `it could be read at only ${readable} of ${taken} looks; see why in the notes`;
  if (readable < fewestBatches)
    return `only ${readable} looks in the watch, ${fewestBatches} are needed: watch longer`;
  return view.span > 0 ? undefined : "no operation was counted during the watch, so nothing was tried";
}
