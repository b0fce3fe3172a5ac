import { describe, expect, it } from "vitest";
import type { Assessment } from "../../src/judge/assess.js";
import type { Operation } from "../../src/model/operation.js";
import type { ProcessEntry } from "../../src/model/resource.js";
import type { Scenario } from "../../src/model/scenario.js";
import type { Snapshot } from "../../src/model/snapshot.js";
import {
  decided,
  failsAll,
  landsAll,
  main,
  type Rig,
  rigOf,
  type RigOptions,
  scenarioOf,
  targetOf,
} from "./fakes.js";

const failing = (...criteria: Assessment["failing"]): Assessment => ({ ...decided, failing: criteria });

const scenario = scenarioOf({
  flows: { a: { steps: ["connect"] }, b: { steps: ["connect"] }, c: { steps: ["connect"] } },
  drain: "1s",
});

interface Options extends RigOptions {
  readonly fails?: Assessment;
  /** Whether the operation leaves an fd. */
  readonly leaves?: (operation: Operation) => boolean;
}

/** A target that holds what the operations of the tail leave. */
function tailOf({ fails = failing("fds"), leaves = () => true, ...options }: Options): Rig {
  let left = 0;
  const holding = (): ProcessEntry => {
    const fds = Array.from({ length: left }, (_, fd) => ({ fd, target: "/dev/null", inode: 3 }));
    return { ...main, fds, fdCount: left };
  };
  const target = targetOf({ sample: () => ({ processes: [holding()], gaps: [] }) });
  return rigOf({
    scenario,
    target,
    assess: ({ drained }) => (drained ? fails : decided),
    ...options,
    alone: (operation, rig) => {
      if (leaves(operation)) left++;
      options.alone?.(operation, rig);
    },
  });
}

async function ran(options: Options): Promise<Rig> {
  const rig = tailOf(options);
  await rig.run();
  return rig;
}

function snapshotsOf({ lines }: Rig): Snapshot[] {
  return lines.flatMap((line) => (line.type === "snapshot" && line.phase === "tail" ? [line] : []));
}

function operationsOf({ lines }: Rig): Operation[] {
  return lines.flatMap((line) => (line.type === "operation" && line.tail === true ? [line] : []));
}

const flowsOf = (rig: Rig): string =>
  operationsOf(rig)
    .map(({ flow }) => flow)
    .join(" ");

describe("a run in which something fails", () => {
  it("runs operations one at a time, with a snapshot before them, after each, and after their drain", async () => {
    const rig = await ran({});
    const [first, ...ids] = [0, ...operationsOf(rig).map(({ id }) => id)];
    expect(snapshotsOf(rig).map(({ after }) => after)).toEqual([first, ...ids, ids.at(-1)]);
    const lines = rig.lines.map(({ type }) => type).join(" ");
    expect(lines).toMatch(/look phase snapshot( operation snapshot){3} snapshot$/);
    const times = snapshotsOf(rig).map(({ atMs }) => atMs);
    // Quiet for 100 ms each, and the drain of a second.
    expect(times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0))).toEqual([100, 100, 100, 1100]);
  });

  it("counts none of it", async () => {
    const rig = await ran({});
    const [drained] = rig.lines.filter((line) => line.type === "snapshot" && line.phase === "drain");
    for (const snapshot of snapshotsOf(rig))
      expect(snapshot).toMatchObject({ batch: 6, operations: 30, quiet: true });
    expect(drained).toMatchObject({ batch: 6, operations: 30 });
    for (const operation of operationsOf(rig)) expect(operation.batch).toBe(6);
    expect(rig.progress.at(-1)).toMatchObject({ phase: "tail", operations: 30, failed: 0 });
    expect(rig.journal.operations).toBe(30);
  });

  it("is over when three operations have left something, of each criterion that fails", async () => {
    expect(flowsOf(await ran({}))).toBe("a b c");
    expect(flowsOf(await ran({ leaves: ({ flow }) => flow === "b" }))).toBe("a b c a b c a b");
    // Tasks, which nobody counts here, never show.
    expect(operationsOf(await ran({ fails: failing("fds", "tasks") })).length).toBeGreaterThan(3);
  });

  it("takes the suspects more often", async () => {
    const suspects = (): string[] => ["c"];
    const rig = await ran({ suspects, leaves: ({ flow }) => flow === "c" });
    expect(flowsOf(rig)).toBe("c a c b c");
  });

  it("takes three rounds where only memory fails, which no snapshot tells", async () => {
    expect(flowsOf(await ran({ fails: failing("memory") }))).toBe("a b c a b c a b c");
    expect(flowsOf(await ran({ fails: failing("memory"), suspects: () => ["b"] }))).toBe("b a b c b a");
  });
});

describe("the tail's time", () => {
  const slowly =
    (ms: number) =>
    (_: Operation, { clock }: Rig): void =>
      void clock.sleep(ms);
  const never = (): boolean => false;

  it("is three seconds at least", async () => {
    expect(operationsOf(await ran({ leaves: never, alone: slowly(500) }))).toHaveLength(5);
  });

  it.each([
    ["a fifth of the load's", 2000, 12],
    ["fifteen seconds at most", 10_000, 15],
  ])("is %s", async (_, perBatchMs, seconds) => {
    const play: RigOptions["play"] = (batch, rig) => {
      void rig.clock.sleep(batch.number === 0 ? 0 : perBatchMs * 5);
      return landsAll(batch, rig);
    };
    const rig = await ran({ play, leaves: never, alone: slowly(900) });
    expect(Math.abs(operationsOf(rig).length - seconds)).toBeLessThanOrEqual(1);
  });

  it("lasts until each suspect has had its turn, but not for ever", async () => {
    const rounds = { leaves: never, suspects: () => ["a", "b"] };
    expect(flowsOf(await ran({ ...rounds, alone: slowly(2900) }))).toBe("a b c");
    expect(flowsOf(await ran({ ...rounds, alone: slowly(8990) }))).toBe("a");
  });
});

/** As long as this, or 30 operations. */
function lasting(durationMs: number): Scenario {
  return { ...scenario, load: { ...scenario.load, durationMs } };
}

describe("in a second pass", () => {
  it("it is looked for what nobody was seen to leave, whatever fails", async () => {
    const rig = await ran({ traced: true, sought: ["fds"], fails: decided, scenario: lasting(60_000) });
    expect(flowsOf(rig)).toBe("a b c");
  });

  it("it takes the time that the load has left", async () => {
    const never = { leaves: () => false, alone: (_: Operation, rig: Rig) => void rig.clock.sleep(900) };
    const rig = await ran({ traced: true, sought: ["fds"], scenario: lasting(30_000), ...never });
    const times = snapshotsOf(rig).map(({ atMs }) => atMs);
    const loadMs = 30_000 - ((times.at(-1) ?? 0) - (times[0] ?? 0));
    expect(loadMs).toBeGreaterThan(0);
    expect(operationsOf(rig).length).toBeGreaterThan(15);
  });
});

describe("there is no tail", () => {
  it.each<[string, Options]>([
    ["where nothing fails", { fails: decided }],
    ["in a second pass", { traced: true }],
    ["in one that has used up its time", { traced: true, sought: ["fds"], scenario: lasting(1) }],
    ["where the user stopped the load", { play: (batch, rig) => (rig.stop.abort(), landsAll(batch, rig)) }],
    ["where the target died", { play: (batch, rig) => (rig.fate.died("gone"), landsAll(batch, rig)) }],
    ["where the load did not land", { play: failsAll }],
    ["where no operation ended", { play: () => ({ landed: 0, failed: 0, aborted: 0, reasons: new Map() }) }],
    [
      "where no flow ever runs",
      { scenario: { ...scenario, flows: scenario.flows.map((flow) => ({ ...flow, weight: 0 })) } },
    ],
  ])("%s", async (_, options) => {
    const rig = await ran(options);
    expect(rig.lines.some((line) => line.type === "phase" && line.phase === "tail")).toBe(false);
    expect(operationsOf(rig)).toEqual([]);
  });
});

describe("the tail ends at once", () => {
  it.each<[string, (rig: Rig) => void, number]>([
    ["when the user stops it", (rig) => rig.stop.abort(), 1],
    ["when a limit is passed", (rig) => rig.fate.stalled("memory"), 1],
    ["when the target dies", (rig) => rig.fate.died("gone"), 1],
  ])("%s", async (_, end, snapshots) => {
    const rig = await ran({ alone: (_, rig) => end(rig) });
    expect(operationsOf(rig)).toHaveLength(1);
    expect(snapshotsOf(rig)).toHaveLength(snapshots);
  });

  it("when the record cannot be written any more", async () => {
    const append: RigOptions["append"] = (line) => {
      if (line.type === "operation" && line.tail === true) throw new Error("disk full");
    };
    const rig = await ran({ append });
    expect(rig.lines.at(-1)).toMatchObject({ type: "snapshot", phase: "tail", after: 0 });
  });
});
