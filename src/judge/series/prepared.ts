import type { Rigour, Series } from "../../model/series.js";
import { blockMedians } from "../../stats/block-medians.js";
import { median } from "../../stats/median.js";
import type { Point } from "../../stats/theil-sen.js";
import { withoutSpikes } from "./spikes.js";

/** More points than this tell nothing more of the slope: medians of blocks stand for them, so time grows with n. */
const mostPoints = 400;

/** A series made ready to be judged. */
export interface Prepared {
  readonly series: Series;
  readonly rigour: Rigour;
  /** Level before the load. */
  readonly start: number;
  /** x: operations; y: the level. The baseline is the first; spikes that came back at once are left out. */
  readonly points: readonly Point[];
  /** Level after the drain; the last point's where there was no drain. */
  readonly end: number;
  readonly spikes: number;
  /** What the level rose by from one look before the load to the next; 0 when it did not rise all along. */
  readonly drifted: number;
  /** Operations over which it was looked at. */
  readonly operations: number;
}

export function prepare(series: Series, rigour: Rigour): Prepared {
  const start = startOf(series);
  const raw = lastOfEach(series);
  const { kept, last } = withoutSpikes(blockMedians(raw, mostPoints), series.kind);
  const drained = drainedTo(series) ?? kept.at(-1)?.y ?? start;
  const end = last === undefined ? drained : Math.min(last, drained);
  return {
    series,
    rigour,
    start,
    points: [{ x: 0, y: start }, ...kept],
    end,
    spikes: Math.min(raw.length, mostPoints) - kept.length,
    drifted: driftedBy(series),
    operations: raw.at(-1)?.x ?? 0,
  };
}

/** Looks between which no operation ended are looks at one point: the last of them counts. */
function lastOfEach({ points }: Series): Point[] {
  const ahead = points.filter(
    ({ operations }, index) => operations > 0 && operations !== points[index + 1]?.operations,
  );
  return ahead.map(({ operations, value }) => ({ x: operations, y: value }));
}

/** What the drain is still giving back is best known by its last look. */
function drainedTo({ drain }: Series): number | undefined {
  const middle = median(drain);
  return middle === undefined ? undefined : Math.min(middle, drain.at(-1) ?? middle);
}

/** A baseline that was still moving is best known by its last look. */
function startOf({ baseline, kind }: Series): number {
  const middle = median(baseline) ?? 0;
  const last = baseline.at(-1) ?? middle;
  return kind === "count" && isRising(baseline) ? last : middle;
}

function driftedBy({ baseline }: Series): number {
  return isRising(baseline) ? (baseline.at(-1) ?? 0) - (baseline[0] ?? 0) : 0;
}

function isRising(values: readonly number[]): boolean {
  const first = values[0] ?? 0;
  const last = values.at(-1) ?? first;
  return last > first && values.every((value, index) => value >= (values[index - 1] ?? value));
}
