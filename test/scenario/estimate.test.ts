import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { estimateSize, loadMsFor } from "../../src/scenario/estimate.js";
import { parseScenario } from "../../src/scenario/load.js";
import { withSize } from "../../src/scenario/size.js";

function sized(parts: object): ReturnType<typeof withSize> {
  const file = { flows: { a: { steps: ["connect", "close"] } }, ...parts };
  return withSize(parseScenario(JSON.stringify(file), "a.yaml"), {});
}

const small = {
  load: { operations: 60, batch: 10, concurrency: 10, warmup: 0 },
  settle: { quiet: "100ms" },
  drain: "1s",
};

describe("estimateSize", () => {
  test("adds up the waits of a run", () => {
    // Start 500, quiet 100, baseline 460, six times a batch of 100 (at most 100 a second) with quiet 100
    // and a look of 120, drain 1000, its looks 460, stop 200.
    const { planned, atMost } = estimateSize(sized(small));
    expect(planned).toEqual({
      operations: 60,
      batches: 6,
      totalMs: 500 + 100 + 460 + 6 * 320 + 1000 + 460 + 200,
    });
    expect(atMost).toEqual({ operations: 180, batches: 18, totalMs: planned.totalMs + 12 * 320 });
  });

  test.each([
    ["a wait", [{ wait: "2s" }], 2000],
    ["round trips", ["connect", { expect: { any: true } }, { wait: "1s" }, "close"], 1090],
    ["a program", [{ exec: "client" }, { wait: "1s" }], 1100],
    ["a silent client", ["connect", { drop: { how: "silence", within: "9s" } }, { wait: "1s" }], 1530],
    [
      "one that is waited for but shortly",
      ["connect", { drop: { how: "fin", within: "200ms" } }, { wait: "1s" }],
      1230,
    ],
    ["a reset, which nobody waits for", ["connect", { drop: "reset" }, { wait: "1s" }], 1030],
  ])("a batch takes as long as its session: %s", (_name, steps, batchMs) => {
    const scenario = sized({ ...small, flows: { a: { steps } } });
    expect(loadMsFor(scenario, 10)).toBe(batchMs + 220);
  });

  test("few at a time take their turns", () => {
    const load = { operations: 60, batch: 10, concurrency: 2, warmup: 0 };
    expect(loadMsFor(sized({ ...small, flows: { a: { steps: [{ wait: "1s" }] } }, load }), 10)).toBe(5220);
  });

  test("a flow that is only held open takes no part", () => {
    const flows = { a: { steps: ["connect"] }, held: { weight: 0, steps: [{ wait: "9s" }] } };
    const stop = { whileOpen: { flow: "held", sessions: 1 } };
    expect(loadMsFor(sized({ ...small, flows, stop }), 10)).toBe(320);
  });

  test("a duration is filled with batches", () => {
    const load = { duration: "32s", batch: 10, concurrency: 10, warmup: 0 };
    const { planned, atMost } = estimateSize(sized({ ...small, load }));
    expect(planned).toMatchObject({ operations: 1000, batches: 100 });
    expect(atMost).toMatchObject({ operations: 2000, batches: 200 });
  });

  test("more operations never take less time", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 5000 }),
        fc.integer({ min: 1, max: 2000 }),
        (operations, more) => {
          const totalMs = (operations: number): number =>
            estimateSize(sized({ ...small, load: { ...small.load, operations } })).planned.totalMs;
          expect(totalMs(operations + more)).toBeGreaterThanOrEqual(totalMs(operations));
        },
      ),
    );
  });
});
