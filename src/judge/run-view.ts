import type { RunRecord } from "../model/record.js";
import { isZombie, processKey } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";
import type { AllowanceUse, OperationCounts } from "../model/verdict.js";
import { withoutAllowed } from "./allowances.js";
import type { Excused } from "./excuses.js";

/** A record sorted for judging. What may be left over is in none of the looks here, but in the record. */
export interface RunView {
  readonly record: RunRecord;
  readonly baseline: readonly Snapshot[];
  /** One for each batch, in order. */
  readonly batches: readonly Snapshot[];
  readonly drain: readonly Snapshot[];
  /** After the drain, one for each operation that ran alone; the first before any of them. */
  readonly tail: readonly Snapshot[];
  /** While the drain lasted, before its end. */
  readonly draining: readonly Snapshot[];
  /** Of the batches; the warm-up is not counted. */
  readonly operations: OperationCounts;
  /** Landed and failed: what the target was put through. In a watch the seconds, where nobody counts operations. */
  readonly ended: number;
  /** What `ended` and all rates count. */
  readonly unit: "operations" | "seconds";
  /** Keys of the processes that were alive in every look of the baseline. */
  readonly oldHands: ReadonlySet<string>;
  readonly interrupted: boolean;
  readonly allowances: readonly AllowanceUse[];
  /** What the allowances left out of each criterion. */
  readonly excused: readonly Excused[];
}

export function viewOf(record: RunRecord): RunView {
  const phase = (name: Snapshot["phase"]) => record.snapshots.filter((snapshot) => snapshot.phase === name);
  const operations = countOperations(record);
  const baseline = phase("baseline");
  return withoutAllowed({
    record,
    baseline,
    batches: phase("batch"),
    drain: ofLastBatch(record.snapshots, "drain"),
    tail: phase("tail"),
    draining: ofLastBatch(record.snapshots, "draining"),
    operations,
    ended: endedIn(record, operations),
    unit: record.run.watched?.unit ?? "operations",
    oldHands: alwaysAlive(baseline),
    interrupted: record.end === undefined || record.end.outcome === "interrupted",
    allowances: [],
    excused: [],
  });
}

/** Nobody reports single operations where the load is foreign: the looks tell how many, or how much time has passed. */
function endedIn({ run, snapshots }: RunRecord, { landed, failed }: OperationCounts): number {
  return run.watched ? (snapshots.at(-1)?.operations ?? 0) : landed + failed;
}

/** A run that went on after a drain has drained again: what counts is the one that no batch came after. */
function ofLastBatch(snapshots: readonly Snapshot[], wanted: Snapshot["phase"]): Snapshot[] {
  const last = snapshots.reduce((most, { batch }) => Math.max(most, batch), 0);
  return snapshots.filter(({ phase, batch }) => phase === wanted && batch === last);
}

function alwaysAlive(snapshots: readonly Snapshot[]): Set<string> {
  const sets = snapshots.map(
    (snapshot) => new Set(snapshot.processes.filter((entry) => !isZombie(entry)).map(processKey)),
  );
  return new Set([...(sets[0] ?? [])].filter((key) => sets.every((set) => set.has(key))));
}

function countOperations(record: RunRecord): OperationCounts {
  const byFlow: Record<string, { landed: number; failed: number }> = Object.create(null);
  const total = { landed: 0, failed: 0 };
  for (const { batch, flow, outcome, tail } of record.operations) {
    if (batch === 0 || tail === true || outcome === "aborted") continue;
    const counts = (byFlow[flow] ??= { landed: 0, failed: 0 });
    counts[outcome]++;
    total[outcome]++;
  }
  for (const { batch, landed, failed } of record.loads) {
    if (batch === 0) continue;
    total.landed += landed;
    total.failed += failed;
  }
  return { ...total, byFlow: { ...byFlow } };
}
