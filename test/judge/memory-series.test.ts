import { describe, expect, test } from "vitest";
import { memorySeries } from "../../src/judge/memory-series.js";
import { viewOf } from "../../src/judge/run-view.js";
import type { ProcessEntry, ProcessMemory } from "../../src/model/resource.js";
import type { ProbeSample } from "../../src/model/snapshot.js";
import { child, mib, nodeProbe, type Plan, recordOf, server } from "./record-builder.js";

function told(plan: Plan) {
  return memorySeries(viewOf(recordOf({ batches: 6, ...plan })));
}

function worker(memory: ProcessMemory | undefined): ProcessEntry {
  return child(200, { command: "node worker.js", memory });
}

function names(plan: Plan): string[] {
  return told(plan).map(({ series }) => series.name);
}

test("from inside first, then from outside, each of it in bytes and by looks", () => {
  const [inside, outside, ...more] = told({
    processes: ({ batch, drained }) => [
      server([], { memory: { rssBytes: 9 * mib, anonymousBytes: drained ? mib : (2 + batch) * mib } }),
    ],
    probes: ({ batch, drained }) => [nodeProbe(4, drained ? 10 : 20 + batch)],
  });
  expect(more).toEqual([]);
  expect(inside).toMatchObject({
    noun: "live bytes after a forced collection",
    of: "pid 100 server --port 1",
    isInside: true,
    restarts: [],
    series: {
      name: "live bytes after a forced collection of pid 100 server --port 1",
      kind: "memory",
      baseline: [20, 20, 20],
      drain: [10, 10, 10],
    },
  });
  expect(inside?.series.points[5]).toEqual({ operations: 600, atMs: 600, value: 26 });
  expect(outside).toMatchObject({
    noun: "private anonymous memory",
    isInside: false,
    series: { baseline: [2 * mib, 2 * mib, 2 * mib], drain: [mib, mib, mib] },
  });
  expect(outside?.series.points.map(({ value }) => value / mib)).toEqual([3, 4, 5, 6, 7, 8]);
});

describe("the measure from outside", () => {
  const without = { probes: () => [] };
  const processes = (memory: ProcessMemory) => () => [server([], { memory })];

  test.each([
    ["private anonymous memory", { rssBytes: 3, pssBytes: 2, anonymousBytes: 1 }, 1],
    ["proportional set size", { rssBytes: 3, pssBytes: 2 }, 2],
    ["resident set size", { rssBytes: 3 }, 3],
  ])("is %s where it is the best there is", (noun, memory, value) => {
    const [only, ...more] = told({ ...without, processes: processes(memory) });
    expect(more).toEqual([]);
    expect(only).toMatchObject({ noun, series: { baseline: [value, value, value] } });
  });

  test("is the same for all, so that the sum has one meaning", () => {
    const memory = { rssBytes: 5, anonymousBytes: 1 };
    expect(names({ ...without, processes: () => [server([], { memory }), worker({ rssBytes: 7 })] })).toEqual(
      [
        "resident set size of the whole tree",
        "resident set size of pid 100 server --port 1",
        "resident set size of pid 200 node worker.js",
      ],
    );
  });

  test("is none where no memory could be read at all", () => {
    expect(told({ ...without, processes: () => [server([], { memory: undefined })] })).toEqual([]);
  });
});

test("every process has its own series, and the sum comes first", () => {
  const memory = { rssBytes: mib, anonymousBytes: mib };
  const probes = () => [nodeProbe(4, 10), { ...nodeProbe(4, 30), pid: 200 }];
  const all = told({ probes, processes: () => [server([], { memory }), worker(memory)] });
  expect(all.map(({ of, noun, series }) => [noun.split(" ")[0], of, series.baseline[0]])).toEqual([
    ["live", "the whole tree", 40],
    ["live", "pid 100 server --port 1", 10],
    ["live", "pid 200 node worker.js", 30],
    ["private", "the whole tree", 2 * mib],
    ["private", "pid 100 server --port 1", mib],
    ["private", "pid 200 node worker.js", mib],
  ]);
});

test("the process that no probe looked into is seen from outside alone", () => {
  const memory = { rssBytes: mib, anonymousBytes: mib };
  expect(names({ processes: () => [server([], { memory }), worker(memory)] })).toEqual([
    "live bytes after a forced collection of pid 100 server --port 1",
    "private anonymous memory of the whole tree",
    "private anonymous memory of pid 100 server --port 1",
    "private anonymous memory of pid 200 node worker.js",
  ]);
});

test("live bytes without a forced collection are no floor", () => {
  const lazy: ProbeSample = { ...nodeProbe(4), collected: false };
  expect(told({ probes: () => [lazy] }).map(({ isInside }) => isInside)).toEqual([false]);
});

test("a look that was lost is left out of the series", () => {
  const probes = ({ batch }: { batch: number }) => (batch === 2 ? [] : [nodeProbe(4, 10)]);
  expect(told({ probes })[0]?.series.points.map(({ operations }) => operations)).toEqual([
    100, 300, 400, 500, 600,
  ]);
});

test("from outside 48 points and more are judged on the floors of windows, from inside on each", () => {
  const memory = (batch: number) => ({ rssBytes: mib, anonymousBytes: batch % 2 === 0 ? 10 : 50 });
  const all = told({ batches: 48, processes: ({ batch }) => [server([], { memory: memory(batch) })] });
  expect(all.map(({ series }) => series.points.length)).toEqual([48, 24]);
  expect(new Set(all[1]?.series.points.map(({ value }) => value))).toEqual(new Set([10]));
});

test("a restarted worker is one series with a mark", () => {
  const processes = ({ batch }: { batch: number }) => [
    server(),
    child(batch < 3 ? 200 : 300, { command: "node worker.js", memory: { rssBytes: 5, anonymousBytes: 5 } }),
  ];
  const all = told({ processes, probes: () => [] });
  expect(all.map(({ of, restarts }) => [of, restarts])).toEqual([
    ["the whole tree", [2]],
    ["pid 100 server --port 1", []],
    ["pid 200, then 300, node worker.js", [2]],
  ]);
});

describe("memory that belongs to no process", () => {
  const page = (probe: string, more: Partial<ProbeSample>) => ({
    processes: () => [server([], { memory: undefined })],
    probes: ({ batch }: { readonly batch: number }) => [{ probe, liveBytes: 10 + batch, gaps: [], ...more }],
  });
  const named = (plan: Plan) => {
    const record = recordOf({ batches: 6, ...plan });
    const { scenario } = record.run;
    const probes = { ...scenario.probes, prometheus: "/metrics", metrics: { liveBytes: "my_heap" } };
    return memorySeries(viewOf({ ...record, run: { ...record.run, scenario: { ...scenario, probes } } }));
  };

  test("is judged like that of a process after a collection", () => {
    const [only, ...more] = told(page("jvm", { collected: true }));
    expect(more).toEqual([]);
    expect(only).toMatchObject({
      of: "the whole tree",
      isInside: true,
      restarts: [],
      series: { baseline: [10, 10, 10], drain: [16, 16, 16] },
    });
  });

  test("counts from a page only where the scenario names the metric, and then by its floors", () => {
    expect(told(page("prometheus", { collected: false }))).toEqual([]);
    expect(named(page("prometheus", { collected: false }))).toMatchObject([
      { noun: "live bytes as the target tells them", of: "the whole tree", isInside: false },
    ]);
  });

  test("is not needed beside a look into the processes", () => {
    const probes = () => [nodeProbe(4, 5), { probe: "jvm", liveBytes: 9, collected: true, gaps: [] }];
    const all = told({ ...page("jvm", {}), probes });
    expect(all.map(({ of }) => of)).toEqual(["pid 100 server --port 1"]);
  });

  test("of two looks into one process is that of the one that sees more", () => {
    const jvm = { probe: "jvm", pid: 100, liveBytes: 9, collected: true, gaps: [] };
    const [inside] = told({ ...page("jvm", {}), probes: () => [jvm, nodeProbe(4, 5)] });
    expect(inside?.series.baseline).toEqual([5, 5, 5]);
    const [own] = told({ ...page("jvm", {}), probes: () => [jvm] });
    expect(own).toMatchObject({ of: "pid 100 server --port 1", series: { baseline: [9, 9, 9] } });
  });
});
