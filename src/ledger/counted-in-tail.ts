import { memorySeries } from "../judge/memory-series.js";
import type { RunView } from "../judge/run-view.js";
import { taskSource } from "../judge/task-series.js";
import type { Operation } from "../model/operation.js";
import type { CriterionResult } from "../model/verdict.js";
import { formatBytes, formatNumber } from "../model/units.js";
import { mad } from "../stats/mad.js";
import { stayed } from "../stats/stayed.js";
import { ranAlone } from "./ran-alone.js";

/** What has no identity, and came after an operation that ran alone. */
export interface CountedRise {
  readonly operation: Operation;
  /** E.g. `1 task Timeout`, `256 KiB of memory`. */
  readonly what: string;
}

/** Fewer steps than this tell nothing of their noise. */
const leastSteps = 4;
const manyDeviations = 8;

/** After which operations of the tail the tasks, or the memory, rose and stayed so to the end. */
export function countedInTail(view: RunView, { id, perOperation = 0 }: CriterionResult): CountedRise[] {
  if (view.tail.length < 2) return [];
  const told = id === "tasks" ? tasksOf(view) : id === "memory" ? memoryOf(view, perOperation) : [];
  return ranAlone(view).flatMap((operation, index) => {
    const what = told[index];
    return operation && what !== undefined ? [{ operation, what }] : [];
  });
}

/** A count that moves by itself while nothing runs must rise by more than that. */
function tasksOf(view: RunView): (string | undefined)[] {
  const level = taskSource({ ...view, batches: view.tail, drain: [] }).levels[0];
  const values = level?.series.points.map(({ value }) => value) ?? [];
  if (!level || values.length !== view.tail.length || level.restarts.length > 0) return [];
  const idle = taskSource({ ...view, batches: [] }).levels[0]?.series.drain ?? [];
  const noise = idle.length === 0 ? 0 : Math.max(...idle) - Math.min(...idle);
  const { noun } = taskSource(view);
  const types = grownTypes(view);
  return stayed(values, Number.POSITIVE_INFINITY).map((rise, index) => {
    if (rise <= noise) return undefined;
    const type = types[index];
    return `${formatNumber(rise)} ${noun[rise === 1 ? 0 : 1]}${type === undefined ? "" : ` ${type}`}`;
  });
}

/** For each step of the tail the type of task that grew most, and stayed. */
function grownTypes({ tail }: RunView): (string | undefined)[] {
  const counts = tail.map(({ probes }) => {
    const all = new Map<string, number>();
    for (const { tasksByType } of probes) {
      for (const [type, count] of Object.entries(tasksByType ?? {}))
        all.set(type, (all.get(type) ?? 0) + count);
    }
    return all;
  });
  const types = [...new Set(counts.flatMap((all) => [...all.keys()]))].sort();
  const rises = types.map((type) =>
    stayed(
      counts.map((all) => all.get(type) ?? 0),
      Number.POSITIVE_INFINITY,
    ),
  );
  return tail.slice(1).map((_, index) => {
    const most = Math.max(0, ...rises.map((row) => row[index] ?? 0));
    return most === 0 ? undefined : types[rises.findIndex((row) => row[index] === most)];
  });
}

/**
 * Only of what is live after a collection. A step counts that is far beyond the noise of the others, and at least half of
 * what an operation leaves on average: fewer that leave it leave more each.
 */
function memoryOf(view: RunView, perOperation: number): (string | undefined)[] {
  const inside = memorySeries({ ...view, batches: view.tail, drain: [] }).filter(({ isInside }) => isInside);
  const values = inside[0]?.series.points.map(({ value }) => value) ?? [];
  if (values.length !== view.tail.length || inside[0]?.restarts.length !== 0) return [];
  const steps = values.slice(1).map((value, index) => value - (values[index] ?? 0));
  if (steps.length < leastSteps || perOperation <= 0) return [];
  const least = Math.max(manyDeviations * (mad(steps) ?? 0), perOperation / 2);
  const floors = values.map((_, index) => Math.min(...values.slice(index)));
  return steps.map((step, index) => {
    const kept = Math.min(step, (floors[index + 1] ?? 0) - (values[index] ?? 0));
    return kept > least ? `${formatBytes(kept)} of memory` : undefined;
  });
}
