import { memorySeries } from "../judge/memory-series.js";
import type { RunView } from "../judge/run-view.js";
import type { Leak } from "../model/finding.js";
import type { Leftover } from "../model/leftover.js";
import { tasksByBatch } from "./tasks-by-batch.js";

/** What came with each batch. */
export interface Coming {
  readonly unit: "thing" | "task" | "byte";
  readonly counts: readonly number[];
}

const leastBatches = 6;
/** How far the counts of batches may be off, of all that came. */
const mostDeviation = 0.1;

/** @returns undefined where it cannot be told when it came */
export function comingOf(leak: Pick<Leak, "criterion" | "left">, view: RunView): Coming | undefined {
  if (leak.left.length > 0) return { unit: "thing", counts: perBatch(leak.left, view) };
  if (leak.criterion === "tasks") return whole("task", tasksByBatch(view)?.mixed, view);
  return leak.criterion === "memory" ? whole("byte", bytesPerBatch(view), view) : undefined;
}

/** Batch by batch there came the same number, or a multiple of it; of bytes any multiple, where the numbers differ. */
export function keepStep(a: Coming | undefined, b: Coming | undefined): boolean {
  if (!a || !b || !isEnough(a, b)) return false;
  const [one, other] = weightOf(a) <= weightOf(b) ? [a, b] : [b, a];
  const isBytes = other.unit === "byte";
  const each = sumOf(other.counts) / sumOf(one.counts);
  const factor = isBytes ? each : Math.round(each);
  if (!Number.isFinite(factor) || factor <= 0) return false;
  const off = one.counts.map((count, batch) => Math.abs((other.counts[batch] ?? 0) - factor * count));
  const isClose = sumOf(off) <= mostDeviation * factor * sumOf(one.counts);
  return isClose && (!isBytes || isUneven(one.counts));
}

/** Several of the one may come with one of the other; how many bytes, nobody knows. */
function weightOf({ unit, counts }: Coming): number {
  return unit === "byte" ? Number.POSITIVE_INFINITY : sumOf(counts);
}

function isEnough(a: Coming, b: Coming): boolean {
  return a.counts.length >= leastBatches && a.counts.length === b.counts.length;
}

/** Where the same number comes with each batch, anything that grows keeps step with it. */
function isUneven(counts: readonly number[]): boolean {
  const mean = sumOf(counts) / counts.length;
  return sumOf(counts.map((count) => Math.abs(count - mean))) > 2 * mostDeviation * sumOf(counts);
}

function whole(
  unit: Coming["unit"],
  counts: readonly number[] | undefined,
  view: RunView,
): Coming | undefined {
  return counts?.length === view.batches.length ? { unit, counts } : undefined;
}

function bytesPerBatch(view: RunView): number[] | undefined {
  const [best] = memorySeries(view).filter(({ series }) => series.baseline.length > 0);
  if (!best?.isInside || best.restarts.length > 0) return undefined;
  const { baseline, points } = best.series;
  return points.map(({ value }, index) => value - (points[index - 1]?.value ?? Math.min(...baseline)));
}

function perBatch(left: readonly Leftover[], { batches }: RunView): number[] {
  const counts = new Map<number, number>();
  for (const { bornBatch } of left) {
    if (bornBatch !== undefined) counts.set(bornBatch, (counts.get(bornBatch) ?? 0) + 1);
  }
  return batches.map(({ batch }) => counts.get(batch) ?? 0);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
