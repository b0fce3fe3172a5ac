import { describe, expect, it } from "vitest";
import type { TickLine } from "../../src/model/record.js";
import { nextLeg } from "../../src/soak/leg.js";
import { Tracker } from "../../src/soak/tracker.js";
import { main, operationOf, scenarioOf } from "./fakes.js";

function tickAt(atMs: number): TickLine {
  const held = { processes: 2, fds: 9, fdsOfLargest: 8, cpuPercent: 1, rssBytes: 4096 };
  return { type: "tick", atMs, operations: 0, ...held, ownRssBytes: 1, ownCpuMs: 1 };
}

describe("the tracker", () => {
  it("knows no rate and no end before the load has begun", () => {
    const tracker = new Tracker(scenarioOf());
    tracker.enter("warm-up", 0, 1000);
    tracker.ticked(tickAt(9000));
    expect(tracker.progress()).toMatchObject({ perSecond: undefined, etaMs: undefined, operations: 0 });
  });

  it("tells where it is: batch of batches, operations of operations", () => {
    const tracker = new Tracker(scenarioOf({ load: { operations: 32, batch: 5, warmup: 0 } }));
    tracker.enter("batch", 2, 1000);
    tracker.ended(operationOf({ outcome: "failed" }));
    expect(tracker.progress()).toMatchObject({ scenario: "small", phase: "batch", batch: 2, batches: 7 });
    expect(tracker.progress()).toMatchObject({ operations: 1, totalOperations: 32, failed: 1 });
  });

  it("does not count what runs alone in the tail", () => {
    const tracker = new Tracker(scenarioOf());
    tracker.enter("batch", 1, 1000);
    tracker.ended(operationOf({ endedAtMs: 1100 }));
    tracker.enter("tail", 1, 2000);
    tracker.ended(operationOf({ tail: true, endedAtMs: 3000 }));
    tracker.ended(operationOf({ tail: true, outcome: "failed", endedAtMs: 4000 }));
    expect(tracker.progress()).toMatchObject({ phase: "tail", batch: 1, operations: 1, failed: 0 });
  });

  it("foresees the end from the rate so far, the drain included", () => {
    const tracker = new Tracker(scenarioOf());
    tracker.enter("batch", 1, 1000);
    for (let i = 1; i <= 10; i++) tracker.ended(operationOf({ endedAtMs: 1000 + 100 * i }));
    // 10 of 30 in a second: two more seconds, and 5 of drain.
    expect(tracker.progress()).toMatchObject({ perSecond: 10, etaMs: 7000 });
  });

  it("foresees the end of a duration from the clock", () => {
    const tracker = new Tracker(scenarioOf({ load: { duration: "1m", batch: 5, warmup: 0 } }));
    tracker.enter("batch", 1, 1000);
    tracker.ticked(tickAt(21_000));
    expect(tracker.progress()).toMatchObject({
      batches: undefined,
      totalOperations: undefined,
      etaMs: 45_000,
    });
    tracker.ticked(tickAt(90_000));
    expect(tracker.progress().etaMs).toBe(5000);
  });

  it("goes by the new goal once the run goes on, at the pace of the load alone", () => {
    const scenario = scenarioOf();
    const tracker = new Tracker(scenario);
    tracker.enter("batch", 1, 1000);
    for (let i = 1; i <= 30; i++) tracker.ended(operationOf({ endedAtMs: 1000 + 100 * i }));
    tracker.enter("drain", 6, 4000);
    tracker.ticked(tickAt(7000));
    expect(tracker.progress()).toMatchObject({ perSecond: 10, etaMs: 2000 });
    tracker.ticked(tickAt(9000));
    expect(tracker.progress()).toMatchObject({ perSecond: 10, etaMs: 0 });
    const load = { ...scenario.load, maxOperations: 1000 };
    const leg = nextLeg(load, { operations: 30, batches: 6, elapsedMs: 8000 });
    if (leg) tracker.aim(leg);
    tracker.waitFor("memory");
    tracker.enter("batch", 7, 9000);
    expect(tracker.progress()).toMatchObject({
      batch: 7,
      batches: 9,
      totalOperations: 45,
      waitsFor: "memory",
    });
    expect(tracker.progress()).toMatchObject({ perSecond: 10, etaMs: 6500 });
  });

  it("takes a pause for no part of the load, and tells how long it lasts", () => {
    const tracker = new Tracker(scenarioOf());
    tracker.held(500);
    tracker.released(900);
    tracker.enter("batch", 1, 1000);
    for (let i = 1; i <= 10; i++) tracker.ended(operationOf({ endedAtMs: 1000 + 100 * i }));
    tracker.held(2000);
    tracker.ticked(tickAt(62_000));
    expect(tracker.progress()).toMatchObject({ perSecond: 10, etaMs: 7000, pausedMs: 60_000 });
    tracker.released(62_000);
    expect(tracker.progress()).toMatchObject({ perSecond: 10, etaMs: 7000 });
    expect(tracker.progress().pausedMs).toBeUndefined();
  });

  it("tells of a look once, with everything that was held", () => {
    const tracker = new Tracker(scenarioOf());
    const processes = [
      { ...main, fdCount: 7, threads: 3 },
      { ...main, pid: 8, state: "Z" },
    ];
    const probes = [{ probe: "node", tasks: 5, liveBytes: 4096, collected: true, gaps: [] }];
    const moment = { phase: "batch", batch: 1, operations: 5, atMs: 1, quiet: true, gaps: [] } as const;
    const { look } = tracker.snapped({ ...moment, processes, probes });
    const held = { tasks: 5, fds: 7, processes: 1, ptys: 0, threads: 3, zombies: 1, liveBytes: 4096 };
    expect(look).toMatchObject({ phase: "batch", held });
    expect(tracker.progress().look).toBeUndefined();
  });

  it("counts a PTY once, whoever holds it", () => {
    const tracker = new Tracker(scenarioOf());
    const slave = { target: "/dev/pts/3", inode: 0 };
    const fds = [0, 1, 2].map((fd) => ({ ...slave, fd }));
    const moment = {
      phase: "batch",
      batch: 1,
      operations: 5,
      atMs: 1,
      quiet: true,
      probes: [],
      gaps: [],
    } as const;
    tracker.snapped({ ...moment, processes: [{ ...main, fds }] });
    expect(tracker.progress().ptys).toBe(1);
    tracker.ticked(tickAt(1000));
    expect(tracker.progress().ptys).toBe(1);
    tracker.ticked({ ...tickAt(2000), ptys: 4 });
    expect(tracker.progress().ptys).toBe(4);
  });

  it("shows what the last tick saw", () => {
    const tracker = new Tracker(scenarioOf());
    tracker.ticked(tickAt(1000));
    expect(tracker.progress()).toMatchObject({ fds: 9, processes: 2, rssBytes: 4096, tasks: undefined });
  });
});
