import type { Operation } from "../../src/model/operation.js";
import type { EndLine, RunRecord, StopLine, TickLine } from "../../src/model/record.js";
import type { FdEntry, ProcessEntry } from "../../src/model/resource.js";
import type { CriterionRule, Scenario } from "../../src/model/scenario.js";
import type { ProbeSample, Snapshot } from "../../src/model/snapshot.js";
import type { Judgement } from "../../src/judge/judge-run.js";
import type { CriterionId, CriterionResult } from "../../src/model/verdict.js";

export const mib = 1024 ** 2;

/** What the target holds at a point: batch 0 is the baseline, `drained` the looks after the drain. */
export interface Moment {
  readonly batch: number;
  readonly drained: boolean;
  /** In the tail: so many operations have run alone. */
  readonly alone?: number;
}

export interface Plan {
  readonly batches?: number;
  readonly perBatch?: number;
  readonly drains?: number;
  /** Operations of the tail, each with a look after it, beside one before them and one after their drain. */
  readonly tail?: number;
  readonly failed?: number;
  readonly processes?: (moment: Moment) => readonly ProcessEntry[];
  readonly probes?: (moment: Moment) => readonly ProbeSample[];
  readonly criteria?: Partial<Record<CriterionId, CriterionRule>>;
  readonly stop?: Partial<StopLine> | null;
  readonly end?: Partial<EndLine> | null;
  readonly ticks?: readonly Partial<TickLine>[];
  readonly gaps?: Snapshot["gaps"];
  readonly sessionsPerHour?: number;
}

export const rule: Extract<CriterionRule, { dropped: false }> = {
  dropped: false,
  peakShare: undefined,
  budgetBytes: undefined,
  allow: 0,
};

function scenario(plan: Plan = {}): Scenario {
  const criteria = {
    tasks: rule,
    processes: rule,
    fds: { ...rule, peakShare: 0.5 },
    memory: rule,
    zombies: rule,
    ptys: rule,
    ...plan.criteria,
  };
  return {
    name: "made-up",
    about: "A made-up run.",
    path: "made-up.yaml",
    target: {
      command: ["server"],
      cwd: undefined,
      env: {},
      ready: { how: { kind: "port" }, withinMs: 1000 },
      limits: { fds: undefined, processes: undefined, memoryBytes: undefined },
      url: "ws://127.0.0.1:{port}",
    },
    flows: [{ name: "polite", weight: 1, steps: [] }],
    load: {
      operations: 1000,
      durationMs: undefined,
      batch: plan.perBatch ?? 100,
      concurrency: 10,
      rampMs: 0,
      warmup: 10,
      maxFailed: 0.01,
    },
    settle: { quietMs: 100, withinMs: 1000 },
    drainMs: 1000,
    stop: { signal: "SIGTERM", withinMs: 5000, whileOpen: undefined },
    production: { sessionsPerHour: plan.sessionsPerHour ?? 120 },
    criteria,
    probes: { node: "auto", prometheus: undefined },
  };
}

/** The server itself, with its fds. */
export function server(
  fds: readonly FdEntry[] = [file(1, "/dev/null")],
  more: Partial<ProcessEntry> = {},
): ProcessEntry {
  return {
    pid: 100,
    startTicks: 5000,
    ppid: 1,
    pgid: 100,
    sid: 100,
    state: "S",
    name: "server",
    command: "server --port 1",
    threads: 7,
    fds,
    fdCount: fds.length,
    softFdLimit: 1024,
    memory: { rssBytes: 80 * mib, anonymousBytes: 50 * mib },
    ...more,
  };
}

export function child(pid: number, more: Partial<ProcessEntry> = {}): ProcessEntry {
  const base = server([file(0, "/dev/null")], { pid, startTicks: 6000 + pid, ppid: 100, name: "goose" });
  return { ...base, command: "goose run", threads: 1, ...more };
}

export function zombie(pid: number): ProcessEntry {
  return {
    ...child(pid, { state: "Z", command: "" }),
    fds: undefined,
    fdCount: undefined,
    memory: undefined,
  };
}

export function file(fd: number, target: string): FdEntry {
  return { fd, target, inode: 0 };
}

export function socket(fd: number, inode: number, state: string): FdEntry {
  const entry = {
    protocol: "tcp",
    inode,
    state,
    local: "127.0.0.1:80",
    peer: `127.0.0.1:${40_000 + fd}`,
  } as const;
  return { fd, target: `socket:[${inode}]`, inode, socket: entry };
}

/** `count` files, numbered from `first`. */
export function files(first: number, count: number, target = "/tmp/x"): FdEntry[] {
  return Array.from({ length: count }, (_, index) => file(first + index, target));
}

export function nodeProbe(tasks: number, liveBytes = 10 * mib): ProbeSample {
  return {
    probe: "node",
    pid: 100,
    tasks,
    tasksByType: { Timeout: tasks },
    liveBytes,
    collected: true,
    gaps: [],
  };
}

export function recordOf(plan: Plan = {}): RunRecord {
  return {
    run: {
      type: "run",
      version: 1,
      tool: "watertight 0.1.0",
      startedAtMs: 1000,
      scenario: scenario(plan),
      quick: false,
      plant: undefined,
      command: ["server"],
      system: { kernel: "6.18", node: "v20", cpus: 2, memoryBytes: 1024 * mib, pidMax: 32_768, ptyMax: 4096 },
    },
    started: undefined,
    operations: [...operations(plan), ...tailOperations(plan)],
    snapshots: [...snapshots(plan), ...tailSnapshots(plan)],
    looks: [],
    loads: [],
    ticks: (plan.ticks ?? []).map((tick) => ({ ...idleTick, ...tick })),
    notes: [],
    stop: plan.stop === null ? undefined : { ...goodStop, ...plan.stop },
    end: plan.end === null ? undefined : { ...goodEnd, ...plan.end },
    truncated: plan.end === null,
  };
}

function operations({ batches = 10, perBatch = 100, failed = 0 }: Plan): Operation[] {
  return Array.from({ length: batches * perBatch }, (_, index) => ({
    id: index + 1,
    flow: index % 2 === 0 ? "polite" : "rude",
    batch: 1 + Math.floor(index / perBatch),
    startedAtMs: 2000 + index,
    endedAtMs: 2001 + index,
    localPorts: [40_000 + index],
    ...(index < failed ? { outcome: "failed", step: 1, reason: "EMFILE" } : { outcome: "landed" }),
  }));
}

const loadOf = ({ batches = 10, perBatch = 100 }: Plan): number => batches * perBatch;

/** They take turns, a second each. */
function tailOperations(plan: Plan): Operation[] {
  return Array.from({ length: plan.tail ?? 0 }, (_, index) => ({
    id: loadOf(plan) + 1 + index,
    flow: index % 2 === 0 ? "polite" : "rude",
    batch: plan.batches ?? 10,
    startedAtMs: 3100 + loadOf(plan) + 1000 * index,
    endedAtMs: 3200 + loadOf(plan) + 1000 * index,
    localPorts: [60_000 + index],
    outcome: "landed",
    tail: true,
  }));
}

function tailSnapshots(plan: Plan): Snapshot[] {
  const { batches = 10, tail = 0 } = plan;
  const looks = tail === 0 ? [] : [...Array.from({ length: tail + 1 }, (_, alone) => alone), tail];
  return looks.map((alone, index) => ({
    ...snapshot(plan, "tail", { batch: batches, drained: true, alone }),
    atMs: 3000 + loadOf(plan) + 1000 * index,
    after: alone === 0 ? 0 : loadOf(plan) + alone,
  }));
}

function snapshots(plan: Plan): Snapshot[] {
  const { batches = 10, drains = 3 } = plan;
  const rounds = Array.from({ length: batches }, (_, index) => index + 1);
  return [
    ...[1, 2, 3].map(() => snapshot(plan, "baseline", { batch: 0, drained: false })),
    ...rounds.map((batch) => snapshot(plan, "batch", { batch, drained: false })),
    ...Array.from({ length: drains }, () => snapshot(plan, "drain", { batch: batches, drained: true })),
  ];
}

function snapshot(plan: Plan, phase: Snapshot["phase"], moment: Moment): Snapshot {
  const operations = moment.batch * (plan.perBatch ?? 100);
  return {
    phase,
    batch: moment.batch,
    operations,
    atMs: 3000 + operations,
    quiet: true,
    processes: plan.processes?.(moment) ?? [server()],
    probes: plan.probes?.(moment) ?? [nodeProbe(4)],
    gaps: plan.gaps ?? [],
  };
}

const idleTick: TickLine = {
  type: "tick",
  atMs: 3000,
  operations: 0,
  processes: 1,
  fds: 1,
  fdsOfLargest: 1,
  cpuPercent: 1,
  rssBytes: 80 * mib,
  ownRssBytes: 60 * mib,
  ownCpuMs: 100,
};

const goodStop: StopLine = {
  type: "stop",
  atMs: 9000,
  tookMs: 120,
  graceful: true,
  exitCode: 0,
  signal: null,
  survivors: [],
  unkillable: [],
  gaps: [],
};

const goodEnd: EndLine = {
  type: "end",
  atMs: 10_000,
  outcome: "complete",
  reason: undefined,
  logTail: ["bye"],
};

export function criterion(result: Judgement, id: CriterionId): CriterionResult {
  const found = result.criteria.find((criterion) => criterion.id === id);
  if (!found) throw new Error(`no criterion ${id}`);
  return found;
}

/** `tasks pass, processes fail, …` in one object. */
export function verdicts(result: Judgement): Record<string, string> {
  return Object.fromEntries(result.criteria.map(({ id, verdict }) => [id, verdict]));
}
