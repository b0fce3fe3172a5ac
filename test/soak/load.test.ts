import { describe, expect, it } from "vitest";
import type { Assessment } from "../../src/judge/assess.js";
import type { RecordLine } from "../../src/model/record.js";
import type { Load, Scenario } from "../../src/model/scenario.js";
import { decided, landsAll, type Rig, rigOf, type RigOptions, scenarioOf, targetOf } from "./fakes.js";

const undecided: Assessment = { decided: false, waitsFor: "memory", canSettle: true, failing: [] };
const hopeless: Assessment = { decided: false, waitsFor: "memory", canSettle: false, failing: [] };

/** 20 batches of 5, and how far to go on. */
function planned(most: Partial<Load> = {}, detect?: number): Scenario {
  const scenario = scenarioOf({ load: { operations: 100, batch: 5, warmup: 0, ramp: "1s" } });
  const fds = { ...scenario.criteria.fds, detectPerOperation: detect };
  return { ...scenario, load: { ...scenario.load, ...most }, criteria: { ...scenario.criteria, fds } };
}

interface Judgement {
  readonly drained: boolean;
  readonly batch: number;
}

/** Runs with a judge that says of each look what `says` does, and tells which looks it was asked for. */
async function runOf(
  options: RigOptions,
  says: (at: Judgement) => Assessment,
): Promise<{ rig: Rig; asked: string[] }> {
  const asked: string[] = [];
  const rig: Rig = rigOf({
    ...options,
    assess: ({ drained }) => {
      const batch = rig.batches.at(-1)?.number ?? 0;
      asked.push(`${batch}${drained ? " drained" : ""}`);
      return says({ drained, batch });
    },
  });
  await rig.run();
  return { rig, asked };
}

function looksOf(lines: readonly RecordLine[]): unknown[] {
  return lines.flatMap((line) =>
    line.type === "look" ? [[line.look, line.batch, line.operations, line.decided, line.waitsFor]] : [],
  );
}

function notesOf(lines: readonly RecordLine[]): string[] {
  return lines.flatMap((line) => (line.type === "note" ? [line.text] : []));
}

function drainsOf(lines: readonly RecordLine[]): number[] {
  return lines.flatMap((line) => (line.type === "phase" && line.phase === "drain" ? [line.batch] : []));
}

describe("a run that asks for no power", () => {
  it("keeps its size, and is looked at once, at its end", async () => {
    const { rig, asked } = await runOf({ scenario: planned() }, () => decided);
    expect(asked).toEqual(["12", "18", "20 drained"]);
    expect(looksOf(rig.lines)).toEqual([[1, 20, 100, true, undefined]]);
    expect(notesOf(rig.lines)).toEqual([]);
  });

  it("keeps it too where nothing is decided at the end, and the scenario lets it go no further", async () => {
    const { rig } = await runOf({ scenario: planned({ maxOperations: 100 }) }, () => undecided);
    expect(rig.batches).toHaveLength(20);
    expect(looksOf(rig.lines)).toEqual([[1, 20, 100, false, undefined]]);
    expect(rig.fate.told(targetOf()).outcome).toBe("complete");
  });

  it("tells the live view what it waits for, until that is decided", async () => {
    const { rig } = await runOf({ scenario: planned() }, ({ batch }) => (batch < 18 ? undecided : decided));
    const waits = (batch: number) => rig.progress.findLast((progress) => progress.batch === batch)?.waitsFor;
    expect([11, 12, 17, 18].map(waits)).toEqual([undefined, "memory", "memory", undefined]);
  });
});

describe("a run that asks for a power", () => {
  it("stops once it has it, and the drain has confirmed that", async () => {
    const { rig, asked } = await runOf({ scenario: planned({}, 0.01) }, ({ batch }) =>
      batch < 18 ? undecided : decided,
    );
    expect(asked).toEqual(["12", "18", "18 drained"]);
    expect(looksOf(rig.lines)).toEqual([
      [1, 12, 60, false, "memory"],
      [2, 18, 90, true, undefined],
    ]);
    expect(drainsOf(rig.lines)).toEqual([18]);
    expect(notesOf(rig.lines)).toEqual([
      "stopped after 90 of 100 operations: everything asked for was decided",
    ]);
  });

  it("goes on where the drain shows otherwise", async () => {
    const { rig, asked } = await runOf({ scenario: planned({}, 0.01) }, ({ batch, drained }) =>
      batch === 12 && drained ? undecided : decided,
    );
    expect(asked).toEqual(["12", "12 drained", "18", "18 drained"]);
    expect(drainsOf(rig.lines)).toEqual([12, 18]);
    expect(looksOf(rig.lines)).toEqual([
      [1, 12, 60, false, "memory"],
      [2, 18, 90, true, undefined],
    ]);
  });

  it("tells how much time it saved where a duration rules", async () => {
    const timed = scenarioOf({ load: { duration: "10m", batch: 5, warmup: 0 } });
    const asking = Object.entries(timed.criteria).map(([id, rule]) => [
      id,
      { ...rule, detectPerOperation: 1 },
    ]);
    const scenario = { ...timed, criteria: Object.fromEntries(asking) };
    const { rig } = await runOf({ scenario }, () => decided);
    // Twelve batches of 150 ms and their drain.
    expect(notesOf(rig.lines)).toEqual(["stopped after 7 s of 10 min: everything asked for was decided"]);
  });
});

describe("a run that could not decide", () => {
  it("goes on by half of its size until it can, and drains anew each time", async () => {
    const { rig, asked } = await runOf({ scenario: planned({ maxOperations: 1000 }) }, ({ batch }) =>
      batch < 40 ? undecided : decided,
    );
    expect(asked).toEqual(["12", "18", "20 drained", "30 drained", "40 drained"]);
    expect(drainsOf(rig.lines)).toEqual([20, 30, 40]);
    expect(looksOf(rig.lines)).toEqual([
      [1, 20, 100, false, "memory"],
      [2, 30, 150, false, "memory"],
      [3, 40, 200, true, undefined],
    ]);
    expect(notesOf(rig.lines)).toEqual(["went on for 100 more operations, waiting for memory"]);
  });

  it("tells of each thing that it waited for", async () => {
    const { rig } = await runOf({ scenario: planned({ maxOperations: 200 }) }, ({ batch }) => ({
      ...undecided,
      waitsFor: batch === 20 ? "memory, fds" : "memory",
    }));
    const note = "went on for 100 more operations, waiting for memory, fds; then for memory";
    expect(notesOf(rig.lines)).toEqual([note]);
  });

  it("ramps up only once", async () => {
    const { rig } = await runOf({ scenario: planned({ maxOperations: 120 }) }, () => undecided);
    expect(rig.batches.filter(({ rampMs }) => rampMs > 0)).toHaveLength(1);
  });

  it("goes as far as the scenario allows, and no further", async () => {
    const { rig } = await runOf({ scenario: planned({ maxOperations: 163 }) }, () => undecided);
    expect(rig.batches.reduce((sum, { operations }) => sum + operations, 0)).toBe(163);
    expect(looksOf(rig.lines).at(-1)).toEqual([3, 33, 163, false, undefined]);
  });

  it("does not go on where more operations would not settle it", async () => {
    const { rig } = await runOf({ scenario: planned({ maxOperations: 1000 }) }, () => hopeless);
    expect(rig.batches).toHaveLength(20);
    expect(looksOf(rig.lines)).toEqual([[1, 20, 100, false, undefined]]);
  });

  it("shows the live view how far it goes", async () => {
    const { rig } = await runOf({ scenario: planned({ maxOperations: 150 }) }, () => undecided);
    const last = rig.progress.findLast(({ phase }) => phase === "batch");
    expect(last).toMatchObject({ batch: 30, batches: 30, totalOperations: 150, waitsFor: "memory" });
  });
});

describe("a run that is ended from outside", () => {
  const scenario = planned({ maxOperations: 1000 }, 0.01);

  it.each<[string, (rig: Rig) => void, number[]]>([
    ["by the user: it drains, and does not go on", (rig) => rig.stop.abort(), [20, 23]],
    ["by a fault: it drains, and does not go on", (rig) => rig.fate.stalled("limit"), [20, 23]],
    ["by the death of the target: nothing more is done", (rig) => rig.fate.died("gone"), [20]],
  ])("%s", async (_, end, drains) => {
    const play: RigOptions["play"] = (batch, rig) => {
      if (batch.number === 23) end(rig);
      return landsAll(batch, rig);
    };
    const { rig } = await runOf({ scenario, play }, () => undecided);
    expect(rig.batches).toHaveLength(23);
    expect(drainsOf(rig.lines)).toEqual(drains);
    expect(looksOf(rig.lines).at(-1)).toEqual([3, 20, 100, false, "memory"]);
    expect(notesOf(rig.lines)).toEqual(["went on for 15 more operations, waiting for memory"]);
  });

  it("in the middle of a drain: that drain is the last", async () => {
    const append = (line: RecordLine): void => {
      if (line.type === "phase" && line.phase === "drain") rig.stop.abort();
    };
    const rig: Rig = rigOf({ scenario, append, assess: () => decided });
    await rig.run();
    expect(drainsOf(rig.lines)).toEqual([12]);
    expect(looksOf(rig.lines)).toEqual([]);
    expect(rig.lines.filter((line) => line.type === "snapshot" && line.phase === "drain")).toHaveLength(3);
  });
});
