import type { RunRecord } from "../model/record.js";
import { isZombie, type ProcessEntry, processKey, ptyHolds } from "../model/resource.js";
import type { Series, SeriesPoint } from "../model/series.js";
import type { Snapshot } from "../model/snapshot.js";
import type { CriterionId } from "../model/verdict.js";
import { sumOf } from "./sum-of.js";
import { type RunView, viewOf } from "./run-view.js";
import { type Part, tellerOf } from "./teller.js";

/** How much of a resource is held in a snapshot; undefined where that could not be read. */
type Measure = (snapshot: Snapshot, view: RunView) => number | undefined;

/** What can be measured, the best first. */
const measures: Readonly<Record<CriterionId, readonly Measure[]>> = {
  tasks: [inside(({ tasks }) => tasks), ofOldHands(({ threads }) => threads)],
  processes: [({ processes }) => processes.filter((entry) => !isZombie(entry)).length],
  fds: [ofOldHands(({ fdCount, fds }) => fdCount ?? fds?.length)],
  memory: [
    inside(({ liveBytes, collected }) => (collected === true ? liveBytes : undefined)),
    ofOldHands(({ memory }) => memory?.anonymousBytes),
    ofOldHands(({ memory }) => memory?.pssBytes),
    ofOldHands(({ memory }) => memory?.rssBytes),
  ],
  zombies: [({ processes }) => processes.filter(isZombie).length],
  ptys: [ptysHeld],
};

/**
 * What was held over a run, as the curve behind the verdict on a criterion.
 * @returns undefined where no baseline could be read.
 */
export function seriesOfCriterion(record: RunRecord, id: CriterionId): Series | undefined {
  const view = viewOf(record);
  const measure = measureOf(view, id);
  if (!measure) return undefined;
  const read = (snapshots: readonly Snapshot[]) => pointsOf(snapshots, measure);
  const startedAtMs = view.baseline.at(-1)?.atMs ?? record.run.startedAtMs;
  return {
    name: id,
    kind: id === "memory" ? "memory" : "count",
    baseline: read(view.baseline).map(({ value }) => value),
    points: read(view.batches).map((point) => ({ ...point, atMs: point.atMs - startedAtMs })),
    drain: read(view.drain).map(({ value }) => value),
  };
}

/** What a resource is measured by in this run; undefined where its baseline could not be read. */
export function measureOf(
  view: RunView,
  id: CriterionId,
): ((snapshot: Snapshot) => number | undefined) | undefined {
  const measure = measures[id].find((one) => view.baseline.some((look) => one(look, view) !== undefined));
  return measure && ((snapshot) => measure(snapshot, view));
}

function pointsOf(
  snapshots: readonly Snapshot[],
  measure: (look: Snapshot) => number | undefined,
): SeriesPoint[] {
  return snapshots.flatMap((snapshot) => {
    const value = measure(snapshot);
    const { operations, atMs } = snapshot;
    return value === undefined ? [] : [{ operations, atMs, value }];
  });
}

/** Of the processes that were there all through the baseline. */
function ofOldHands(part: (entry: ProcessEntry) => number | undefined): Measure {
  return ({ processes }, { oldHands }) =>
    sumOf(processes.filter((entry) => oldHands.has(processKey(entry)) && !isZombie(entry)).map(part));
}

/** Of the probe that sees most. */
function inside(part: Part): Measure {
  return ({ probes }) => {
    const teller = tellerOf(probes, part);
    return teller && sumOf(probes.filter(({ probe }) => probe === teller.probe).map(part));
  };
}

/** A terminal is the same one under several fds of a process. */
function ptysHeld({ processes }: Snapshot): number | undefined {
  const live = processes.filter((entry) => !isZombie(entry));
  if (live.some(({ fds }) => !Array.isArray(fds))) return undefined;
  const keys = ptyHolds(live).map(
    ({ ptsNumber, side, holder }) => `${ptsNumber} ${side} ${processKey(holder)}`,
  );
  return new Set(keys).size;
}
