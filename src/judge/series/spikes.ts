import type { Series } from "../../model/series.js";
import { mad, normalMadFactor } from "../../stats/mad.js";
import { median } from "../../stats/median.js";
import type { Point } from "../../stats/theil-sen.js";

/** Points on each side that a point is compared with. */
const reach = 3;
/** Robust standard deviations from the neighbours' median. */
const threshold = 6;
/** More spikes than this share are no spikes. */
const mostShare = 0.25;

export interface Despiked {
  readonly kept: readonly Point[];
  /** The last level that is no spike, where the last point was one. */
  readonly last: number | undefined;
}

/**
 * Leaves out points that stand alone: far from the median of their neighbours, which agree with each other.
 * The middle of a rising series is its own median, so growth never looks like a spike.
 * The last point is ambiguous: it is one only if higher ones came and went before.
 * Source: F. R. Hampel, The influence curve and its role in robust estimation, J. Am. Stat. Assoc. 69 (1974) 383–393.
 */
export function withoutSpikes(points: readonly Point[], kind: Series["kind"]): Despiked {
  const ys = points.map(({ y }) => y);
  const least = normalMadFactor * (median(ys.map((y, i) => Math.abs(y - (ys[i - 1] ?? y)))) ?? 0);
  const heights = ys.map((_, index) => heightOf(ys, index, least));
  const spikes = heights.map((height, index) => height > 0 && index < points.length - 1);
  if (spikes.filter(Boolean).length > mostShare * points.length) return { kept: points, last: undefined };
  const highest = Math.max(0, ...heights.filter((_, index) => spikes[index]));
  const lastHeight = heights.at(-1) ?? 0;
  const isLastOne = kind === "count" && lastHeight > 0 && lastHeight <= highest;
  const kept = points.filter((_, index) => !(spikes[index] || (isLastOne && index === points.length - 1)));
  return { kept, last: isLastOne ? kept.at(-1)?.y : undefined };
}

/** How far a point stands above what its neighbours agree on; 0 when it does not. */
function heightOf(ys: readonly number[], index: number, least: number): number {
  const around = ys.slice(Math.max(0, index - reach), index + reach + 1);
  if (around.length <= reach) return 0;
  const center = median(around) ?? 0;
  const spread = normalMadFactor * (mad(around) ?? 0);
  const height = Math.abs((ys[index] ?? 0) - center);
  return height > threshold * Math.max(spread, least) ? height : 0;
}
