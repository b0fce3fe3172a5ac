// The record that a watch would have written.

const active = { dropped: false, peakShare: undefined, budgetBytes: undefined, allow: 0 };

export function recordOf({ snapshots, forSeconds, everySeconds }) {
  const startedAtMs = snapshots[0].atMs;
  const criteria = Object.fromEntries(
    ["tasks", "processes", "fds", "memory", "zombies", "ptys"].map((id) => [id, active]),
  );
  const scenario = {
    name: "port:80",
    about: "a process that ran already",
    path: "port:80",
    target: {
      command: [],
      cwd: undefined,
      env: {},
      ready: { how: { kind: "port" }, withinMs: 0 },
      limits: { fds: undefined, processes: undefined, memoryBytes: undefined },
      url: "",
    },
    flows: [],
    load: {
      operations: undefined,
      durationMs: 1000 * forSeconds,
      batch: everySeconds,
      concurrency: 1,
      rampMs: 0,
      warmup: 0,
      maxFailed: 0,
    },
    settle: { quietMs: 0, withinMs: 0 },
    drainMs: 0,
    stop: { signal: "SIGTERM", withinMs: 0, whileOpen: undefined },
    production: { sessionsPerHour: 3600 },
    criteria: { ...criteria, fds: { ...active, peakShare: 0.5 } },
    probes: { node: "auto", prometheus: undefined },
  };
  const system = {
    kernel: "6.18",
    node: "v20",
    cpus: 2,
    memoryBytes: 8 * 2 ** 30,
    pidMax: 4_194_304,
    ptyMax: 4096,
    bootMs: 0,
  };
  return {
    run: {
      type: "run",
      version: 2,
      tool: "watertight 0.1.0",
      startedAtMs,
      scenario,
      quick: false,
      plant: undefined,
      command: ["server", "--port", "80"],
      attached: "port:80",
      watched: { unit: "seconds" },
      system,
    },
    started: { type: "started", atMs: startedAtMs, pid: 100, tookMs: 0, follow: "marker", probes: [] },
    operations: [],
    snapshots,
    ticks: [],
    looks: [],
    loads: [],
    notes: [],
    stop: undefined,
    end: { type: "end", atMs: snapshots.at(-1).atMs, outcome: "complete", reason: undefined, logTail: [] },
    truncated: false,
  };
}
