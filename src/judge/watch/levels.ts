import { processKey } from "../../model/resource.js";
import type { Snapshot } from "../../model/snapshot.js";
import type { Level } from "../judge-levels.js";
import { levelSlots, type Measure } from "../level-slots.js";
import { slotsOf } from "../slots.js";
import type { WatchedView } from "./watched-view.js";

const wholeTree = "the whole tree";
/** A process that started this share of the watch before it, or less, is warming up at first: that part is left out. */
const warmUpShare = 1 / 3;
const youngBelow = 1 / 2;
/** Of /proc/PID/stat; user space is told the same number on every architecture. */
const msPerTick = 10;

/** One level for each place in the tree, and one for their sum. */
export function placeLevels(view: WatchedView, measure: Measure): Level[] {
  const { slots, tree } = levelSlots(view, measure);
  return [...(tree ? [tree] : []), ...slots].map(({ of, restarts, ...looks }) =>
    warmed(view, { of, restarts, series: { name: of, kind: "count", ...looks } }),
  );
}

/** What the whole tree holds, where it belongs to no place in it. */
export function wholeLevel(view: WatchedView, measure: (look: Snapshot) => number | undefined): Level {
  const startMs = view.baseline.at(-1)?.atMs ?? 0;
  const points = view.batches.flatMap((look) => {
    const value = measure(look);
    return value === undefined ? [] : [{ operations: look.operations, atMs: look.atMs - startMs, value }];
  });
  const baseline = view.baseline.flatMap((look) => measure(look) ?? []);
  const series = { name: wholeTree, kind: "count", baseline, points, drain: [] } as const;
  return warmed(view, { of: wholeTree, restarts: [], series });
}

/**
 * What is judged of a level: of a place where one process took over from another the longest stretch, and of a young
 * process what came after its warm-up. Both count from there.
 */
export function warmed<T extends Level>(view: WatchedView, level: T): T {
  const { series, restarts } = level;
  const { points } = series;
  const { from, to } = longestStretch(restarts, points.length);
  if (from === 0 && to === points.length && !isYoung(view)) return level;
  const first = Math.max(1, from + Math.floor((to - from) * warmUpShare));
  const origin = points[first - 1];
  if (!origin) return level;
  const kept = points.slice(first, to).map(({ operations, atMs, value }) => {
    return { operations: operations - origin.operations, atMs: atMs - origin.atMs, value };
  });
  return { ...level, restarts: [], series: { ...series, baseline: [origin.value], points: kept } };
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

function longestStretch(restarts: readonly number[], length: number): Stretch {
  const bounds = [0, ...restarts.filter((index) => index > 0 && index < length), length];
  const stretches = bounds.slice(1).map((to, index) => ({ from: bounds[index] ?? 0, to }));
  return stretches.reduce((most, one) => (one.to - one.from > most.to - most.from ? one : most), {
    from: 0,
    to: 0,
  });
}

/** A process of the baseline had just been started, as after a deploy. */
export function isYoung(view: WatchedView): boolean {
  return (ageMs(view) ?? Number.POSITIVE_INFINITY) < youngBelow * view.spanMs;
}

/** How long the youngest of the server's own processes had been there at the baseline; undefined = not known. */
function ageMs(view: WatchedView): number | undefined {
  const { bootMs } = view.record.run.system;
  const look = view.baseline[0];
  if (bootMs === undefined || !look) return undefined;
  const keys = new Set(
    slotsOf(view).flatMap(({ baseline }) => (baseline[0] ? processKey(baseline[0].entry) : [])),
  );
  const starts = look.processes
    .filter((entry) => keys.has(processKey(entry)))
    .map(({ startTicks }) => bootMs + startTicks * msPerTick);
  return starts.length === 0 ? undefined : look.atMs - Math.max(...starts);
}
