import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Load } from "../../src/model/scenario.js";
import { isLookDue, isOver, mayStopEarly, nextLeg, plannedLeg, type Reached } from "../../src/soak/leg.js";
import { scenarioOf } from "./fakes.js";

/** A scenario that does not say how far it may go on; one that is read always does. */
const fixed: Load = { ...scenarioOf().load, maxOperations: undefined };
const sized = (parts: Partial<Load>): Load => ({ ...fixed, operations: 100, batch: 10, ...parts });
const timed = (parts: Partial<Load>): Load => ({
  ...fixed,
  operations: undefined,
  durationMs: 60_000,
  ...parts,
});
const at = (operations: number, batches: number, elapsedMs: number): Reached => ({
  operations,
  batches,
  elapsedMs,
});

describe("the schedule of looks", () => {
  it("grows by half each time", () => {
    const due = Array.from({ length: 500 }, (_, index) => index).filter(isLookDue);
    expect(due).toEqual([12, 18, 27, 41, 62, 93, 140, 210, 315, 473]);
  });
});

describe("the planned size", () => {
  it("is a number of operations", () => {
    const leg = plannedLeg(sized({ operations: 95 }));
    expect(leg.batches).toBe(10);
    expect([isOver(leg, at(94, 10, 1e9)), isOver(leg, at(95, 10, 0))]).toEqual([false, true]);
  });

  it("or a duration", () => {
    const leg = plannedLeg(timed({}));
    expect(leg.batches).toBeUndefined();
    expect([isOver(leg, at(1e9, 9, 59_999)), isOver(leg, at(0, 1, 60_000))]).toEqual([false, true]);
  });
});

describe("going on", () => {
  it.each<[string, readonly [Load, Reached], Reached | undefined]>([
    ["not at all, unless the scenario says how far", [sized({}), at(100, 10, 0)], undefined],
    [
      "by half of the planned operations",
      [sized({ maxOperations: 1000 }), at(100, 10, 0)],
      at(150, 15, Infinity),
    ],
    [
      "by three batches at least",
      [sized({ operations: 20, maxOperations: 1000 }), at(20, 2, 0)],
      at(50, 5, Infinity),
    ],
    ["as far as the scenario says", [sized({ maxOperations: 125 }), at(100, 10, 0)], at(125, 13, Infinity)],
    ["no further", [sized({ maxOperations: 125 }), at(125, 13, 0)], undefined],
    ["not after its time", [sized({ maxDurationMs: 5000 }), at(100, 10, 5000)], undefined],
    [
      "by half of the planned time",
      [timed({ maxDurationMs: 1e9 }), at(7, 7, 65_000)],
      at(Infinity, 0, 95_000),
    ],
    ["no longer", [timed({ maxDurationMs: 60_000 }), at(7, 7, 65_000)], undefined],
  ])("goes %s", (_, [load, reached], goal) => {
    const leg = nextLeg(load, reached);
    expect(leg && at(leg.operations, leg.batches ?? 0, leg.untilMs)).toEqual(goal);
  });

  it("makes three batches, however slow, but begins none after the latest time", () => {
    const leg = nextLeg(timed({ durationMs: 2000, maxDurationMs: 9000 }), at(20, 4, 3000));
    if (!leg) throw new Error("it does not go on");
    expect([4, 5, 6, 7].map((batches) => isOver(leg, at(20, batches, 8000)))).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(isOver(leg, at(20, 5, 9000))).toBe(true);
  });

  it("comes to its end, and never passes the most that is allowed", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 300 }),
        fc.nat({ max: 50_000 }),
        (operations, batch, extra) => {
          const load = sized({ operations, batch, maxOperations: operations + extra });
          let done = operations;
          for (let legs = 0; legs < 20_000; legs++) {
            const leg = nextLeg(load, at(done, 1, 0));
            if (!leg) break;
            expect(leg.operations).toBeGreaterThan(done);
            done = leg.operations;
          }
          expect(done).toBe(operations + extra);
        },
      ),
    );
  });
});

describe("stopping early", () => {
  const asking = (ids: readonly string[], load: object) => {
    const { criteria, ...rest } = scenarioOf({ load });
    const entries = Object.entries(criteria).map(([id, rule]) => [
      id,
      ids.includes(id) ? { ...rule, detectPerOperation: 0.1 } : rule,
    ]);
    return { ...rest, criteria: Object.fromEntries(entries) };
  };
  const all = ["tasks", "processes", "fds", "memory", "zombies", "ptys"];
  const byOperations = { operations: 30, batch: 5 };
  const byTime = { duration: "1m", batch: 5 };

  it.each<[string, readonly [readonly string[], object], boolean]>([
    ["never where no power is asked for", [[], byOperations], false],
    ["where one criterion asks for it", [["fds"], byOperations], true],
    ["not before its time where only one does", [["fds"], byTime], false],
    ["where all do", [all, byTime], true],
  ])("%s", (_, [ids, load], may) => {
    expect(mayStopEarly(asking(ids, load))).toBe(may);
  });

  it("does not count what was dropped", () => {
    const { criteria, load } = asking(["fds"], byTime);
    const only = Object.fromEntries(
      Object.entries(criteria).map(([id, rule]) => [id, id === "fds" ? rule : { dropped: true, why: "" }]),
    );
    expect(mayStopEarly({ load, criteria: only as typeof criteria })).toBe(true);
    expect(
      mayStopEarly({
        load,
        criteria: { ...criteria, fds: { dropped: true, why: "" } },
      }),
    ).toBe(false);
  });
});
