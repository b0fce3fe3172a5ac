import { closeSync, openSync } from "node:fs";
import { createServer } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  ProcessManager,
  ResourceMonitor,
  type ResourceUsage,
  type ThresholdEvent,
} from "../../src/lifecycle/index.js";
import { type UsageSource, usageOfSelf } from "../../src/lifecycle/resource-usage.js";
import { fixture, held, heldAfter } from "./held.js";

afterEach(() => void vi.useRealTimers());

/** A process that holds what it is told to. */
function playing(counts: Partial<ResourceUsage>): UsageSource {
  const usage = (): ResourceUsage => ({
    tasks: 0,
    tasksByType: {},
    processes: 0,
    fds: 0,
    fdLimit: 1000,
    ptys: 0,
    memoryBytes: { rss: 1, heapUsed: 1 },
    ...counts,
  });
  return { usage, count: (resource) => usage()[resource], fdLimit: () => usage().fdLimit };
}

describe("a sample of this process", () => {
  test("counts what is taken, and no longer what is given back", async () => {
    const before = held();
    const monitor = new ResourceMonitor();
    const manager = new ProcessManager();
    const first = monitor.sample();
    const fds = [openSync("/dev/null", "r"), openSync("/dev/null", "r")];
    const timer = setInterval(() => {}, 60_000);
    manager.start({ command: fixture("waits.sh"), pty: true });
    const second = monitor.sample();
    expect(second.fds).toBe((first.fds ?? 0) + 3);
    expect(second.ptys).toBe((first.ptys ?? 0) + 1);
    expect(second.processes).toBe((first.processes ?? 0) + 1);
    expect(second.tasksByType["Timeout"]).toBe((first.tasksByType["Timeout"] ?? 0) + 1);
    for (const fd of fds) closeSync(fd);
    clearInterval(timer);
    await manager.shutdown(1000);
    await heldAfter(before);
    expect(monitor.sample()).toMatchObject({ fds: first.fds, ptys: first.ptys, processes: first.processes });
  });

  test("has its tasks by type, its memory and its limit", () => {
    const usage = new ResourceMonitor().sample();
    const sum = Object.values(usage.tasksByType).reduce((a, b) => a + b, 0);
    expect(sum).toBe(usage.tasks);
    expect(usage.memoryBytes.rss).toBeGreaterThan(usage.memoryBytes.heapUsed);
    expect(usage.fdLimit).toBeGreaterThan(0);
  });

  test("counts one by one what it counts together", () => {
    const source = usageOfSelf("/proc");
    const { fds, ptys, processes } = source.usage();
    expect([source.count("fds"), source.count("ptys"), source.count("processes")]).toEqual([
      fds,
      ptys,
      processes,
    ]);
    expect(source.count("tasks")).toBe(process.getActiveResourcesInfo().length);
  });

  test("has no number for what cannot be read, not zero", () => {
    const source = usageOfSelf("/no/such");
    const unread = { fds: undefined, fdLimit: undefined, processes: undefined, ptys: undefined };
    expect(source.usage()).toMatchObject(unread);
    expect(new ResourceMonitor({ source }).sample()).toMatchObject(unread);
  });
});

describe("thresholds", () => {
  test.each([
    { resource: "tasks", fdLimit: 100_000, threshold: 1000 },
    { resource: "fds", fdLimit: 100_000, threshold: 800 },
    { resource: "fds", fdLimit: 1024, threshold: 512 },
    { resource: "fds", fdLimit: undefined, threshold: 800 },
    { resource: "fds", fdLimit: Number.POSITIVE_INFINITY, threshold: 800 },
  ] as const)("of $resource, at a limit of $fdLimit, is $threshold", ({ resource, fdLimit, threshold }) => {
    const counts: { fdLimit: number | undefined; tasks?: number; fds?: number } = { fdLimit };
    const source = { ...playing(counts), usage: () => playing(counts).usage() };
    const events: ThresholdEvent[] = [];
    const monitor = new ResourceMonitor({ source, onThreshold: (event) => events.push(event) });
    counts[resource] = threshold;
    monitor.sample();
    expect(events).toEqual([]);
    counts[resource] = threshold + 1;
    monitor.sample();
    expect(events).toEqual([{ resource, change: "crossed", value: threshold + 1, threshold }]);
  });

  test("warn once on the way up and once on the way down, below 90%", () => {
    const counts = { tasks: 0 };
    const source = { ...playing({}), usage: () => playing(counts).usage() };
    const lines: string[] = [];
    const monitor = new ResourceMonitor({
      source,
      thresholds: { tasks: 100 },
      log: (line) => lines.push(line),
    });
    const said = [50, 100, 101, 200, 100, 90, 101, 89, 90, 100, 101].map((tasks) => {
      counts.tasks = tasks;
      monitor.sample();
      return lines.splice(0);
    });
    expect(said.flatMap((each, i) => each.map((line) => `${i} ${line}`))).toEqual([
      "2 tasks: 101, above the threshold of 100",
      "7 tasks: 89, back below 90% of 100",
      "10 tasks: 101, above the threshold of 100",
    ]);
  });
});

test("samples every interval until it is stopped, and can be started again", async () => {
  vi.useFakeTimers();
  const usage = vi.fn(() => playing({}).usage());
  const monitor = new ResourceMonitor({ source: { ...playing({}), usage } });
  monitor.start(30_000);
  monitor.start(30_000);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(usage).toHaveBeenCalledTimes(2);
  await monitor.stop();
  await monitor.stop();
  expect(vi.getTimerCount()).toBe(0);
  monitor.start(30_000);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(usage).toHaveBeenCalledTimes(3);
  await monitor.stop();
  expect(vi.getTimerCount()).toBe(0);
});

describe("admission", () => {
  test.each([
    { kind: "process", limits: {}, ok: true },
    { kind: "process", limits: { processes: 6 }, ok: true },
    { kind: "process", limits: { processes: 5 }, ok: false },
    { kind: "process", limits: { fds: 5 }, ok: false },
    { kind: "process", limits: { tasks: 5 }, ok: false },
    { kind: "process", limits: { ptys: 5 }, ok: true },
    { kind: "connection", limits: { fds: 5 }, ok: false },
    { kind: "connection", limits: { tasks: 5 }, ok: false },
    { kind: "connection", limits: { processes: 5, ptys: 5 }, ok: true },
    { kind: "pty", limits: { ptys: 5 }, ok: false },
    { kind: "pty", limits: { fds: 5 }, ok: false },
    { kind: "pty", limits: { tasks: 5, processes: 5 }, ok: true },
  ] as const)("of a $kind with 5 of everything and limits of $limits: $ok", ({ kind, limits, ok }) => {
    const source = playing({ tasks: 5, fds: 5, processes: 5, ptys: 5 });
    expect(new ResourceMonitor({ source, limits }).admit(kind).ok).toBe(ok);
  });

  test("says why not", () => {
    const monitor = new ResourceMonitor({ source: playing({ fds: 900 }), limits: { fds: 800 } });
    const reason = "900 fds are held; the limit is 800";
    expect(monitor.admit("connection")).toEqual({ ok: false, reason });
  });

  test("does not refuse for a count that cannot be read", () => {
    const monitor = new ResourceMonitor({ source: playing({ fds: undefined }), limits: { fds: 1 } });
    expect(monitor.admit("connection")).toEqual({ ok: true });
  });

  test("looks at what is held now", async () => {
    const { fds = 0 } = new ResourceMonitor().sample();
    const monitor = new ResourceMonitor({ limits: { fds: fds + 1 } });
    expect(monitor.admit("connection").ok).toBe(true);
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    expect(monitor.admit("connection").ok).toBe(false);
    await new Promise((resolve) => server.close(resolve));
    expect(monitor.admit("connection").ok).toBe(true);
  });
});
