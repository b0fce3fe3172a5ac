import { describe, expect, it } from "vitest";
import { judgeRun } from "../../src/judge/judge-run.js";
import type { RunRecord } from "../../src/model/record.js";
import type { Snapshot } from "../../src/model/snapshot.js";
import { criterion, nodeProbe, recordOf, server } from "./record-builder.js";

const batches = 12;
const perBatch = 100;
/** Between two quiescent points, and between the looks during the drain. */
const stepMs = 1000;

/** A run whose tasks are given for each quiescent point, then for looks at equal distances in the drain. */
function runOf(loaded: readonly number[], idle: readonly number[]): RunRecord {
  const made = recordOf({ batches, perBatch, processes: () => [server()], probes: () => [nodeProbe(5)] });
  const before = made.snapshots.filter(({ phase }) => phase === "baseline");
  const look = (phase: Snapshot["phase"], index: number, tasks: number): Snapshot => ({
    ...(before[0] ?? made.snapshots[0])!,
    phase,
    batch: Math.min(index, batches),
    operations: Math.min(index, batches) * perBatch,
    atMs: index * stepMs,
    probes: [nodeProbe(tasks)],
  });
  const phaseAt = (index: number) => (index < idle.length - 1 ? "draining" : "drain");
  return {
    ...made,
    snapshots: [
      look("baseline", 0, 5),
      ...loaded.map((tasks, index) => look("batch", index + 1, tasks)),
      ...idle.map((tasks, index) => look(phaseAt(index), batches + index + 1, tasks)),
    ],
  };
}

function tasks(run: RunRecord) {
  return criterion(judgeRun(run), "tasks");
}

const rising = Array.from({ length: batches }, (_, index) => 5 + 10 * (index + 1));

describe("a leak during the drain", () => {
  it("that goes on at the pace of the load is driven by time, and told per hour", () => {
    const found = tasks(runOf(rising, [135, 145, 155, 165]));
    expect(found).toMatchObject({ verdict: "fail", shape: "leak over time" });
    // 10 a second.
    expect(found.perHour?.rate).toBeCloseTo(36_000, -3);
    expect(found.reason).toContain("time drives it");
    // 10,000 less the 165 that are there.
    expect(found.hoursToExhaustion).toBeCloseTo((10_000 - 165) / 36_000, 2);
  });

  it("that stops with the load is driven by load", () => {
    const found = tasks(runOf(rising, [125, 125, 125, 125]));
    expect(found).toMatchObject({ verdict: "fail", shape: "steady leak", perHour: undefined });
  });

  it("that goes on at a tenth of the pace is not told per hour", () => {
    expect(tasks(runOf(rising, [126, 127, 128, 129])).perHour).toBeUndefined();
  });
});

describe("a slow release", () => {
  it("is told with the time in which half was given back", () => {
    const found = tasks(
      runOf(
        rising.map(() => 45),
        [25, 15, 10, 5],
      ),
    );
    expect(found).toMatchObject({ verdict: "pass", shape: "slow release" });
    expect(found.numbers?.["halfLifeMs"]).toBeCloseTo(1000, -2);
    expect(found.reason).toContain("within about 1 s");
  });
});
