import type { Load, Scenario } from "../model/scenario.js";

/** What the load has come to. */
export interface Reached {
  readonly operations: number;
  readonly batches: number;
  /** Since the load began, drains included. */
  readonly elapsedMs: number;
}

/** How far the load goes until the run is looked at as a whole; Infinity = not bounded by that. */
export interface Leg {
  readonly operations: number;
  /** Milliseconds since the load began; `leastBatches` are made all the same. */
  readonly untilMs: number;
  readonly leastBatches: number;
  /** No batch begins after this. */
  readonly latestMs: number;
  /** Number of the last batch, where that is known beforehand. */
  readonly batches: number | undefined;
}

/** An extension makes at least so many batches: fewer would hardly tell more. */
const fewestMoreBatches = 3;
/** Of the planned size. */
const extensionShare = 0.5;

export function plannedLeg({ operations, durationMs, batch }: Load): Leg {
  return {
    operations: operations ?? Number.POSITIVE_INFINITY,
    untilMs: durationMs ?? Number.POSITIVE_INFINITY,
    leastBatches: 0,
    latestMs: Number.POSITIVE_INFINITY,
    batches: operations === undefined ? undefined : Math.ceil(operations / batch),
  };
}

/** Half of the planned size more, as far as the scenario lets the run go on; undefined = no further. */
export function nextLeg(load: Load, reached: Reached): Leg | undefined {
  const { maxOperations, maxDurationMs, operations, durationMs, batch } = load;
  if (maxOperations === undefined && maxDurationMs === undefined) return undefined;
  const most = maxOperations ?? Number.POSITIVE_INFINITY;
  const latestMs = maxDurationMs ?? Number.POSITIVE_INFINITY;
  if (reached.operations >= most || reached.elapsedMs >= latestMs) return undefined;
  if (operations === undefined) {
    const untilMs = reached.elapsedMs + extensionShare * (durationMs ?? 0);
    const leastBatches = reached.batches + fewestMoreBatches;
    return { operations: most, untilMs, leastBatches, latestMs, batches: undefined };
  }
  const wanted = Math.max(fewestMoreBatches, Math.ceil((extensionShare * operations) / batch)) * batch;
  const more = Math.min(wanted, most - reached.operations);
  return {
    operations: reached.operations + more,
    untilMs: Number.POSITIVE_INFINITY,
    leastBatches: 0,
    latestMs,
    batches: reached.batches + Math.ceil(more / batch),
  };
}

export function isOver(leg: Leg, { operations, batches, elapsedMs }: Reached): boolean {
  if (operations >= leg.operations || elapsedMs >= leg.latestMs) return true;
  return elapsedMs >= leg.untilMs && batches >= leg.leastBatches;
}

const firstLookAfter = 12;
const lookRatio = 1.5;

/**
 * Whether the run is looked at after this batch: 12, 18, 27, 41, 62, … A schedule that does not depend on the data,
 * whose looks grow rare, so that little of the chance to be wrong is spent on each (Lan & DeMets 1983, Biometrika 70).
 */
export function isLookDue(batch: number): boolean {
  let due = firstLookAfter;
  while (due < batch) due = Math.ceil(due * lookRatio);
  return due === batch;
}

/** Without a power to reach, more operations always see more: then the planned size is kept. */
export function mayStopEarly({ criteria, load }: Pick<Scenario, "criteria" | "load">): boolean {
  const rules = Object.values(criteria).filter((rule) => !rule.dropped);
  const asks = rules.filter(({ detectPerOperation }) => detectPerOperation !== undefined).length;
  return asks > 0 && (load.operations !== undefined || asks === rules.length);
}
