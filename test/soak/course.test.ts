import { describe, expect, it } from "vitest";
import type { RecordLine } from "../../src/model/record.js";
import { failsAll, landsAll, main, rigOf, scenarioOf, targetOf } from "./fakes.js";

/** `phase batch` of each phase, and `look` for each snapshot between. */
function roadOf(lines: readonly RecordLine[]): string[] {
  return lines.flatMap((line) => {
    if (line.type === "phase") return [`${line.phase} ${line.batch}`];
    return line.type === "snapshot" ? [`look ${line.phase} ${line.operations}`] : [];
  });
}

const thrice = (text: string): string[] => [text, text, text];

/** The looks of a drain. */
const drained = (batch: number, operations: number): string[] => [
  `drain ${batch}`,
  ...Array<string>(4).fill(`look draining ${operations}`),
  ...thrice(`look drain ${operations}`),
];

describe("the road of the data", () => {
  it("goes from warm-up to drain, with a look after each batch", async () => {
    const rig = rigOf();
    await rig.run();
    expect(roadOf(rig.lines)).toEqual([
      "warm-up 0",
      "baseline 0",
      ...thrice("look baseline 0"),
      ...[1, 2, 3, 4, 5, 6].flatMap((n) => [`batch ${n}`, `settle ${n}`, `look batch ${5 * n}`]),
      ...drained(6, 30),
    ]);
    expect(rig.batches.map(({ number, operations }) => [number, operations])).toEqual([
      [0, 3],
      ...[1, 2, 3, 4, 5, 6].map((n) => [n, 5]),
    ]);
  });

  it("ramps up in the first batch only", async () => {
    const rig = rigOf();
    await rig.run();
    expect(rig.batches.map(({ rampMs }) => rampMs)).toEqual([0, 1000, 0, 0, 0, 0, 0]);
  });

  it("ends with what is left over, where the batches do not come out even", async () => {
    const rig = rigOf({ scenario: scenarioOf({ load: { operations: 32, batch: 5, warmup: 0 } }) });
    await rig.run();
    expect(rig.batches.map(({ operations }) => operations)).toEqual([5, 5, 5, 5, 5, 5, 2]);
  });

  it("goes on for as long as it was told, and ends the batch under way", async () => {
    const rig = rigOf({ scenario: scenarioOf({ load: { duration: "1s", batch: 5, warmup: 0 } }) });
    await rig.run();
    // A batch takes 50 ms, and its settling 100 ms.
    expect(rig.batches).toHaveLength(7);
  });

  it("waits the whole drain before the last looks", async () => {
    const rig = rigOf();
    await rig.run();
    const drain = rig.lines.find((line) => line.type === "phase" && line.phase === "drain");
    const last = rig.lines.find((line) => line.type === "snapshot" && line.phase === "drain");
    const times = [drain, last].map((line) => (line && "atMs" in line ? line.atMs : 0));
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(5000);
  });

  it("looks at what the drain gives back, without making it longer", async () => {
    const sinceDrainMs = async (drain: string): Promise<number[]> => {
      const rig = rigOf({ scenario: scenarioOf({ drain }) });
      await rig.run();
      const phase = rig.lines.find((line) => line.type === "phase" && line.phase === "drain");
      const since = phase?.type === "phase" ? phase.atMs : 0;
      const taken = rig.lines.filter((line) => line.type === "snapshot" && line.phase.startsWith("drain"));
      return taken.map((line) => (line.type === "snapshot" ? line.atMs - since : 0));
    };
    const settling = (drainMs: number) => [drainMs + 100, drainMs + 150, drainMs + 200];
    expect(await sinceDrainMs("8s")).toEqual([500, 1000, 2000, 4000, ...settling(8000)]);
    expect(await sinceDrainMs("400ms")).toEqual([25, 50, 100, 200, ...settling(400)]);
    expect(await sinceDrainMs("399ms")).toEqual(settling(399));
  });

  it("says of a target that never rests that it was not quiet, and goes on", async () => {
    let fdCount = 0;
    const sample = () => ({ processes: [{ ...main, fdCount: fdCount++ }], gaps: [] });
    const rig = rigOf({ target: targetOf({ sample }) });
    await rig.run();
    const looks = rig.lines.filter((line) => line.type === "snapshot");
    expect(looks).toHaveLength(16);
    expect(new Set(looks.map(({ quiet }) => quiet))).toEqual(new Set([false]));
  });

  it("reads socket tables at the ends only", async () => {
    const asked: boolean[] = [];
    const sample: ReturnType<typeof targetOf>["sample"] = ({ sockets, memory }) => {
      if (memory) asked.push(sockets);
      return { processes: [main], gaps: [] };
    };
    await rigOf({ target: targetOf({ sample }) }).run();
    expect(asked).toEqual([
      ...thrice("x").map(() => true),
      // Six batches, and four looks in the midst of the drain.
      ...Array<boolean>(10).fill(false),
      ...thrice("x").map(() => true),
    ]);
  });
});

describe("a load that does not land", () => {
  it("in the warm-up ends the load, with the most frequent reason; what there is is looked at", async () => {
    const rig = rigOf({ play: failsAll });
    await rig.run();
    expect(rig.batches).toHaveLength(1);
    expect(rig.fate.told(targetOf())).toEqual({
      outcome: "stalled",
      reason: "no operation of the warm-up landed: connection refused (2 of 3)",
      logTail: ["last words"],
    });
    expect(roadOf(rig.lines).slice(-8)).toEqual(drained(0, 0));
  });

  it("in a batch is told with its number", async () => {
    const rig = rigOf({
      play: (batch, rig) => (batch.number === 3 ? failsAll(batch) : landsAll(batch, rig)),
    });
    await rig.run();
    expect(rig.batches.map(({ number }) => number)).toEqual([0, 1, 2, 3]);
    expect(rig.fate.told(targetOf()).reason).toBe(
      "no operation of batch 3 landed: connection refused (4 of 5)",
    );
  });

  it("in part is no reason to end", async () => {
    const half = { landed: 1, failed: 4, aborted: 0, reasons: new Map([["late", 4]]) };
    const rig = rigOf({ play: () => half });
    await rig.run();
    expect(rig.batches).toHaveLength(7);
    expect(rig.fate.told(targetOf()).outcome).toBe("complete");
  });
});

describe("what ends a run before its time", () => {
  it("the death of the target: nothing more is looked at", async () => {
    const rig = rigOf({
      play: (batch, rig) => {
        if (batch.number === 2) rig.fate.died("the target exited with code 1");
        return landsAll(batch, rig);
      },
    });
    await rig.run();
    expect(roadOf(rig.lines).slice(-2)).toEqual(["look batch 5", "batch 2"]);
    expect(rig.fate.told(targetOf())).toMatchObject({
      outcome: "broke",
      reason: "the target exited with code 1",
    });
  });

  it("the death of the target in the middle of a look: that look is not kept", async () => {
    let looks = 0;
    const target = targetOf({
      sample: ({ memory }) => {
        if (memory && ++looks === 5) rig.fate.died("gone");
        return { processes: [main], gaps: [] };
      },
    });
    const rig = rigOf({ target });
    await rig.run();
    expect(rig.lines.filter(({ type }) => type === "snapshot")).toHaveLength(4);
  });

  it("the user: no more load, but a settle, a look and the drain", async () => {
    const rig = rigOf({
      play: (batch, rig) => {
        if (batch.number === 2) rig.stop.abort();
        return landsAll(batch, rig);
      },
    });
    await rig.run();
    expect(roadOf(rig.lines).slice(-11)).toEqual(["batch 2", "settle 2", "look batch 10", ...drained(2, 10)]);
    expect(rig.fate.told(targetOf())).toEqual({ outcome: "interrupted", reason: undefined, logTail: [] });
  });

  it("a record that cannot be written: no more load, no more looks, nothing thrown", async () => {
    const rig = rigOf({
      append: (line) => {
        if (line.type === "phase" && line.batch === 2) throw new Error("ENOSPC: no space left on device");
      },
    });
    await rig.run();
    expect(rig.batches.map(({ number }) => number)).toEqual([0, 1, 2]);
    expect(rig.batches.at(-1)?.signal.aborted).toBe(true);
    expect(rig.journal.problem).toMatchObject({ exitCode: 4, message: expect.stringContaining("ENOSPC") });
  });
});
