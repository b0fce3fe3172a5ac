import type { RunRecord, TickLine } from "../../src/model/record.js";
import type { Finding } from "../../src/model/finding.js";
import type { CriterionId, CriterionResult, ScenarioResult } from "../../src/model/verdict.js";
import { criterionIds } from "../../src/model/verdict.js";
import type { Instrument } from "../../src/report/instrument.js";

export function criterion(id: CriterionId, given: Partial<CriterionResult> = {}): CriterionResult {
  return {
    id,
    verdict: "pass",
    unit: id === "memory" ? "bytes" : "count",
    baseline: 10,
    peak: 12,
    end: 10,
    perOperation: 0,
    low: 0,
    high: 0.003,
    limit: 1024,
    hoursToExhaustion: undefined,
    detectable: 0.003,
    reason: "none was left by 1000 operations; anything above 1 per 333 operations would have been seen",
    ...given,
  };
}

const megabyte = 1024 ** 2;

export const steadyMemory: CriterionResult = criterion("memory", {
  baseline: 34.2 * megabyte,
  peak: 40 * megabyte,
  end: 34.5 * megabyte,
  perOperation: 12,
  low: -100,
  high: 130,
  limit: 64 * 1024 * megabyte,
  ceiling: "RAM",
  detectable: 1229,
  reason: "grows by at most 2.9 MiB in 24 h at 1000 sessions an hour; the budget is 64 MiB",
});

export function scenario(given: Partial<ScenarioResult> = {}): ScenarioResult {
  return {
    name: "goose-churn",
    verdict: "pass",
    interrupted: false,
    operations: { landed: 1000, failed: 0, byFlow: { chat: { landed: 1000, failed: 0 } } },
    durationMs: 41_300,
    sessionsPerHour: 1000,
    criteria: criterionIds.map((id) => (id === "memory" ? steadyMemory : criterion(id))),
    findings: [],
    flows: [],
    allowances: [],
    notes: [],
    broke: undefined,
    logTail: [],
    ...given,
  };
}

const leak: Finding = {
  criterion: "fds",
  criteria: ["fds"],
  resource: "/tmp/session-N.log",
  resources: [{ criterion: "fds", resource: "/tmp/session-N.log", count: 99, hoursToExhaustion: 9.13 }],
  by: undefined,
  flows: [],
  origin: undefined,
  summary: "99 file descriptors were left by 1000 operations (0.099 each): /tmp/session-N.log (99)",
  evidence: [
    "/tmp/session-N.log (99)",
    "  pid 4127 fd 31 /tmp/session-1.log",
    "  pid 4127 fd 32 /tmp/session-2.log",
    "baseline 21 → 31 41 51 61 71 81 91 101 111 → drain 120",
  ],
  next: "Find where the file is opened per session, and close it on every way out, errors included.",
};

export function leaking(given: Partial<ScenarioResult> = {}): ScenarioResult {
  const fds = criterion("fds", {
    verdict: "fail",
    baseline: 21,
    peak: 121,
    end: 120,
    perOperation: 0.099,
    low: 0.098,
    high: 0.1,
    hoursToExhaustion: 9.13,
    hoursLow: 9.04,
    hoursHigh: 9.22,
    ceiling: "soft RLIMIT_NOFILE",
    shape: "steady leak",
    numbers: { windows: 24 },
    reason: "99 file descriptors were left by 1000 operations",
  });
  const memory = { ...steadyMemory, verdict: "inconclusive" as const, reason: "the interval is too wide" };
  const ptys = criterion("ptys", {
    verdict: "dropped",
    ...unknown,
    reason: "the target has no PTY",
  });
  const others = (["tasks", "processes", "zombies"] as const).map((id) => criterion(id));
  return scenario({
    name: "error-storm",
    verdict: "fail",
    operations: { landed: 988, failed: 12, byFlow: {} },
    criteria: [...others, fds, memory, ptys],
    findings: [leak],
    notes: ["12 of 1000 operations failed: no answer within 5 s (12)"],
    ...given,
  });
}

/** A server that leaks of everything, each in its own way. */
export function spreading(): ScenarioResult {
  const ceiling = { verdict: "fail", shape: "steady leak", reason: "grows" } as const;
  const criteria: readonly CriterionResult[] = [
    criterion("tasks", {
      ...ceiling,
      shape: "leak over time",
      perHour: { rate: 60, low: 58.5, high: 61.4 },
      limit: 10_000,
      ceiling: "mark for trouble",
      hoursToExhaustion: 166,
      hoursLow: 162,
      hoursHigh: 171,
    }),
    criterion("processes", {
      ...ceiling,
      shape: "rare leak",
      perOperation: 0.004,
      low: 0,
      high: 0.009,
      limit: 500,
      ceiling: "cgroup pids.max",
      hoursToExhaustion: 122,
      hoursLow: 54,
    }),
    criterion("fds", { ...ceiling, perOperation: 0, reason: "a process held 600 file descriptors" }),
    criterion("memory", {
      ...steadyMemory,
      perOperation: 900,
      low: 700,
      high: 1100,
      shape: "steady leak",
      hoursToExhaustion: 9e6,
      hoursLow: 8e6,
      hoursHigh: 1e7,
    }),
    criterion("zombies", { shape: "filling pool" }),
    criterion("ptys", {
      ...unknown,
      verdict: "unchecked",
      reason: "PTYs not read: /proc/4127/fd: EACCES",
    }),
  ];
  return scenario({ name: "everything", verdict: "fail", criteria, findings: [leak] });
}

export const unknown = {
  baseline: undefined,
  peak: undefined,
  end: undefined,
  perOperation: undefined,
  low: undefined,
  high: undefined,
  limit: undefined,
  detectable: undefined,
} as const;

export function broken(): ScenarioResult {
  const criteria = criterionIds.map((id) =>
    criterion(id, {
      verdict: "unchecked",
      ...unknown,
      reason: `${id} not counted: the run ended before its baseline`,
    }),
  );
  return scenario({
    name: "memory-soak",
    verdict: "broke",
    operations: { landed: 0, failed: 0, byFlow: {} },
    durationMs: 812,
    criteria,
    broke: "the target ended before it was ready (exit code 1)",
    logTail: ["listen EADDRINUSE: address already in use 127.0.0.1:8080"],
  });
}

export const instrument: Instrument = {
  tool: "watertight 0.1.0",
  kernel: "6.18.0",
  node: "v20.20.2",
  peakRssBytes: 74 * megabyte,
  cpuMs: 3300,
  overMs: 41_000,
  ticks: 42,
  snapshots: 12,
  follow: ["cgroup"],
  probes: ["node"],
  costs: { node: "a collection and three readings of 0.4 ms" },
  proven: null,
};

export function tick(atMs: number, ownRssBytes: number, ownCpuMs: number): TickLine {
  const held = { processes: 1, fds: 20, fdsOfLargest: 20, cpuPercent: 3, rssBytes: 1e6 };
  return { type: "tick", atMs, operations: 0, ...held, ownRssBytes, ownCpuMs };
}

/** As much of a record as a report takes from it. */
export function record(ticks: readonly TickLine[], follow: string): RunRecord {
  const system = {
    kernel: "6.18.0",
    node: "v20.20.2",
    cpus: 2,
    memoryBytes: 8e9,
    pidMax: 32768,
    ptyMax: 4096,
  };
  const noCriteria = { dropped: true, why: "not in this sample" } as const;
  return {
    run: {
      type: "run",
      version: 1,
      tool: "watertight 0.1.0",
      startedAtMs: 0,
      quick: false,
      plant: undefined,
      command: [],
      system,
      scenario: {
        name: "sample",
        about: "",
        path: "sample.yaml",
        target: {
          command: [],
          cwd: undefined,
          env: {},
          ready: { how: { kind: "port" }, withinMs: 1000 },
          limits: { fds: undefined, processes: undefined, memoryBytes: undefined },
          url: "",
        },
        flows: [],
        load: {
          operations: 1,
          durationMs: undefined,
          batch: 1,
          concurrency: 1,
          rampMs: 0,
          warmup: 0,
          maxFailed: 0,
        },
        settle: { quietMs: 1, withinMs: 1 },
        drainMs: 1,
        stop: { signal: "SIGTERM", withinMs: 1, whileOpen: undefined },
        production: { sessionsPerHour: 1 },
        criteria: {
          tasks: noCriteria,
          processes: noCriteria,
          fds: noCriteria,
          memory: noCriteria,
          zombies: noCriteria,
          ptys: noCriteria,
        },
        probes: { node: "auto", prometheus: undefined },
      },
    },
    started: { type: "started", atMs: 0, pid: 1, tookMs: 1, follow, probes: ["node"] },
    operations: [],
    snapshots: [],
    ticks,
    looks: [],
    loads: [],
    notes: [],
    stop: undefined,
    end: undefined,
    truncated: false,
  };
}
