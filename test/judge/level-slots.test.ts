import { describe, expect, test } from "vitest";
import { levelSlots } from "../../src/judge/level-slots.js";
import { viewOf } from "../../src/judge/run-view.js";
import type { ProcessEntry } from "../../src/model/resource.js";
import { child, type Moment, type Plan, recordOf, server, zombie } from "./record-builder.js";

const threads = ({ threads }: ProcessEntry) => threads;

function levels(processes: (moment: Moment) => readonly ProcessEntry[], plan: Plan = {}) {
  return levelSlots(viewOf(recordOf({ batches: 6, drains: 2, ...plan, processes })), threads);
}

function worker(pid: number, threads: number, more: Partial<ProcessEntry> = {}): ProcessEntry {
  return child(pid, { command: "node worker.js", name: "node", threads, ...more });
}

function valuesOf({ points }: { readonly points: readonly { readonly value: number }[] }): number[] {
  return points.map(({ value }) => value);
}

test("one process has one series, and no sum beside it", () => {
  const { slots, tree } = levels(({ batch, drained }) => [server([], { threads: drained ? 4 : 5 + batch })]);
  expect(tree).toBeUndefined();
  expect(slots).toEqual([
    {
      of: "pid 100 server --port 1",
      baseline: [5, 5, 5],
      points: [6, 7, 8, 9, 10, 11].map((value, index) => ({
        operations: 100 * (index + 1),
        atMs: 100 * (index + 1),
        value,
      })),
      drain: [4, 4],
      restarts: [],
    },
  ]);
});

test("a leak in a child shows while the launcher is flat, in its own series and in the sum", () => {
  const { slots, tree } = levels(({ batch }) => [server([], { threads: 3 }), worker(200, 7 + batch)]);
  expect(slots.map(({ of }) => of)).toEqual(["pid 100 server --port 1", "pid 200 node worker.js"]);
  expect(slots.map(valuesOf)).toEqual([
    [3, 3, 3, 3, 3, 3],
    [8, 9, 10, 11, 12, 13],
  ]);
  expect(tree).toMatchObject({ of: "the whole tree", baseline: [10, 10, 10], drain: [16, 16], restarts: [] });
  expect(valuesOf(tree ?? { points: [] })).toEqual([11, 12, 13, 14, 15, 16]);
});

test("the growth of one worker is not hidden by the shrinking of another", () => {
  const { slots, tree } = levels(({ batch }) => [worker(200, 20 + batch), worker(201, 20 - batch)]);
  expect(new Set(valuesOf(tree ?? { points: [] }))).toEqual(new Set([40]));
  expect(slots.map(valuesOf)).toEqual([
    [21, 22, 23, 24, 25, 26],
    [19, 18, 17, 16, 15, 14],
  ]);
});

describe("a restart", () => {
  const pidAt = ({ batch }: Moment): number => 200 + 10 * Math.floor(batch / 3);

  test("keeps the place and is marked, though pid and numbers in the command differ", () => {
    const { slots } = levels((moment) => {
      const pid = pidAt(moment);
      return [server(), worker(pid, 1 + (moment.batch % 3), { command: `node worker.js --id ${pid}` })];
    });
    expect(slots[1]).toMatchObject({
      of: "pid 200, then 2 others, node worker.js --id 200",
      restarts: [2, 5],
    });
    expect(valuesOf(slots[1] ?? { points: [] })).toEqual([2, 3, 1, 2, 3, 1]);
  });

  test("of one is told from its neighbours, and marks the sum too", () => {
    const { slots, tree } = levels(({ batch }) => [worker(batch < 4 ? 200 : 300, batch), worker(201, 50)]);
    expect(slots.map(({ of }) => of)).toEqual([
      "pid 200, then 300, node worker.js",
      "pid 201 node worker.js",
    ]);
    expect(slots.map(({ restarts }) => restarts)).toEqual([[3], []]);
    expect(slots.map(valuesOf)).toEqual([
      [1, 2, 3, 4, 5, 6],
      [50, 50, 50, 50, 50, 50],
    ]);
    expect(tree?.restarts).toEqual([3]);
  });

  test("of two at once gives each place a process of its own, the first place the youngest", () => {
    const { slots } = levels(({ batch }) =>
      batch < 4 ? [worker(200, 1), worker(201, 2)] : [worker(300, 3), worker(301, 4)],
    );
    expect(slots.map(valuesOf)).toEqual([
      [1, 1, 1, 4, 4, 4],
      [2, 2, 2, 3, 3, 3],
    ]);
  });

  test("after the last batch is marked behind the last point", () => {
    const { slots } = levels(({ drained }) => [worker(drained ? 201 : 200, 1)]);
    expect(slots[0]?.restarts).toEqual([6]);
  });

  test("takes no place that is filled, nor one of another command", () => {
    const { slots } = levels(({ batch }) => [
      server(),
      ...(batch < 5 ? [worker(200, 1)] : []),
      ...(batch > 0 ? [child(300, { threads: 9 }), server([], { pid: 301, startTicks: 9e6 })] : []),
    ]);
    expect(slots.map(({ of }) => of)).toEqual(["pid 100 server --port 1", "pid 200 node worker.js"]);
    expect(slots[1]?.points).toHaveLength(4);
    expect(slots[1]?.drain).toEqual([]);
  });

  test("may bring the same pid again: the start time tells the two apart", () => {
    const { slots } = levels(({ batch }) => [worker(200, 1, { startTicks: batch < 3 ? 1 : 2 })]);
    expect(slots[0]).toMatchObject({ of: "pid 200 node worker.js", restarts: [2] });
  });
});

describe("what has no place", () => {
  test("an agent of a session, a zombie, and who comes after the baseline or is gone most of the time", () => {
    const { slots } = levels(({ batch }) => [
      server(),
      zombie(400),
      ...(batch > 0 ? [child(500 + batch), worker(600, 2)] : []),
      ...(batch < 2 ? [worker(700, 3, { command: "helper" })] : []),
    ]);
    expect(slots.map(({ of }) => of)).toEqual(["pid 100 server --port 1"]);
  });

  test("an agent that is another one each time, though there is always one", () => {
    const { slots } = levels(({ batch }) => [server(), child(500 + batch)]);
    expect(slots.map(({ of }) => of)).toEqual(["pid 100 server --port 1"]);
    const lasting = levels(({ batch }) => [server(), child(500 + Math.floor(batch / 3))]);
    expect(lasting.slots.map(({ of }) => of)).toContain("pid 500, then 2 others, goose run");
  });

  describe("what is gone after the drain", () => {
    const agentAt = ({ batch, drained }: Moment) => (drained ? [] : [child(500 + Math.floor(batch / 3))]);

    /** @param readyMs the server starts at 50,000 ms, its first agent at 65,000 ms. */
    function placesOf(readyMs: number | undefined, agents: typeof agentAt = agentAt) {
      const processes = (moment: Moment) => [server(), ...agents(moment)];
      const record = recordOf({ batches: 6, drains: 2, processes });
      const about = { pid: 100, tookMs: 1, follow: "cgroup", probes: [] };
      const started =
        readyMs === undefined ? undefined : ({ type: "started", atMs: readyMs, ...about } as const);
      const run = { ...record.run, system: { ...record.run.system, bootMs: 0 } };
      return levelSlots(viewOf({ ...record, run, started }), threads);
    }

    test("and came with the load: agents of sessions that are given up late", () => {
      const { slots, tree } = placesOf(55_000);
      expect(slots.map(({ of }) => of)).toEqual(["pid 100 server --port 1"]);
      expect(slots[0]?.drain).toEqual([7, 7]);
      expect(tree).toBeUndefined();
    });

    test("but not a worker that was there before the load, or what came at an unknown time", () => {
      for (const readyMs of [70_000, undefined]) expect(placesOf(readyMs).slots).toHaveLength(2);
    });

    test("but not what is there again at any look after the drain", () => {
      expect(placesOf(55_000, ({ batch }) => [child(500 + Math.floor(batch / 3))]).slots).toHaveLength(2);
    });
  });

  test("a run without a baseline, and one without processes", () => {
    const none = { slots: [], tree: undefined };
    expect(levelSlots(viewOf({ ...recordOf(), snapshots: [] }), threads)).toEqual(none);
    expect(levels(() => [])).toEqual(none);
  });
});

describe("what was not read", () => {
  const gone = (batch: number) => ({ threads: batch === 3 ? Number.NaN : batch });

  test("is left out, never zero; the sum leaves it out too", () => {
    const { slots, tree } = levels(({ batch }) => [server([], { threads: 4 }), worker(200, 1, gone(batch))]);
    expect(slots.map(valuesOf)).toEqual([
      [4, 4, 4, 4, 4, 4],
      [1, 2, 4, 5, 6],
    ]);
    expect(valuesOf(tree ?? { points: [] })).toEqual([5, 6, 8, 9, 10]);
    expect(tree?.points.map(({ operations }) => operations)).toEqual([100, 200, 400, 500, 600]);
  });

  test("a restart at such a point is marked at the next one", () => {
    const { slots } = levels(({ batch }) => [worker(batch < 3 ? 200 : 300, 1, gone(batch))]);
    expect(slots[0]?.restarts).toEqual([2]);
    expect(slots[0]?.points[2]?.operations).toBe(400);
  });

  test("a place that could not be read at the baseline has no series", () => {
    const { slots } = levels(({ batch }) => [server(), worker(200, batch === 0 ? Number.NaN : 1)]);
    expect(slots.map(({ of }) => of)).toEqual(["pid 100 server --port 1"]);
  });
});
