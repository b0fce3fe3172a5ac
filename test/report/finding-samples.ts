import type { Finding, FlowRate } from "../../src/model/finding.js";
import type { AllowanceUse, CriterionId, ScenarioResult } from "../../src/model/verdict.js";
import { criterion, leaking, scenario } from "./samples.js";

function flow(name: string, id: CriterionId, given: Partial<FlowRate> = {}): FlowRate {
  return {
    flow: name,
    criterion: id,
    operations: 100,
    rate: 0,
    low: 0,
    high: 0.03,
    verdict: "clean",
    ...given,
  };
}

const failing = { rate: 0.99, low: 0.92, high: 1.07, verdict: "leaks" } as const;

/** What only one flow leaves, of three resources, with everything known that can be. */
export const session: Finding = {
  criterion: "ptys",
  criteria: ["fds", "ptys", "processes"],
  resource: "PTY master /dev/ptmx",
  resources: [
    { criterion: "ptys", resource: "PTY master /dev/ptmx", count: 99, hoursToExhaustion: 3.4 },
    { criterion: "fds", resource: "file descriptor /dev/ptmx", count: 99, hoursToExhaustion: 9.1 },
    { criterion: "processes", resource: "process goose run", count: 99, hoursToExhaustion: 120 },
  ],
  summary: "99 PTYs were left by 400 operations (0.25 each): 99 masters and 0 slaves held",
  evidence: [
    "pts/17 held by pid 4127 fd 43 (master)",
    "baseline 0 → 10 20 30 40 50 60 70 80 90 99 → drain 99",
  ],
  next: "Close the master on every path, errors included, once the command that ran in the PTY is gone.",
  by: {
    certain: 96,
    likely: 2,
    unattributed: 1,
    examples: [
      {
        operation: 412,
        flow: "failing",
        batch: 5,
        step: "close",
        sureness: "certain",
        because: "its session id is in the environment of pid 991",
        left: ["pts/17", "fd 43 → /dev/ptmx of pid 4127", "pid 991 goose run"],
      },
      ...[418, 420].map((operation) => ({
        operation,
        flow: "failing",
        batch: 5,
        step: "close",
        sureness: "likely" as const,
        because: "only it was under way when pid 1002 was started",
        left: ["pts/18"],
      })),
    ],
    wouldHelp: "run the agents with {session} in their arguments",
  },
  flows: [flow("failing", "ptys", failing), flow("failing", "fds", failing)],
  origin: {
    kind: "fd",
    at: "src/gateway/plants/pty.ts:23",
    stack: [
      { name: "onRunEnd", file: "src/gateway/plants/pty.ts", line: 23, column: 11 },
      { name: "runEnded", file: "src/gateway/seams.ts", line: 47 },
      { file: "src/gateway/conversation.ts", line: 97 },
    ],
    by: "node",
    seen: 24,
    of: 24,
  },
};

const others = ["answer", "two-prompts", "stopped", "dropped"];
const flows = [
  flow("failing", "ptys", failing),
  flow("failing", "fds", failing),
  ...others.flatMap((name) => [flow(name, "ptys"), flow(name, "fds")]),
];

const failed = [
  criterion("tasks"),
  criterion("processes", {
    verdict: "fail",
    perOperation: 0.2475,
    low: 0.2,
    high: 0.3,
    reason: "99 processes",
  }),
  criterion("fds", { verdict: "fail", perOperation: 0.2475, low: 0.2, high: 0.3, reason: "99 fds" }),
  criterion("ptys", {
    verdict: "fail",
    perOperation: 0.2475,
    low: 0.2,
    high: 0.3,
    limit: 4096,
    ceiling: "pty max",
    hoursToExhaustion: 3.4,
    reason: "99 PTYs",
  }),
];

/** One cause of three resources, its flow, its operation and its place. */
export function attributed(): ScenarioResult {
  return leaking({ name: "goose-churn", criteria: failed, findings: [session], flows, notes: [] });
}

/** Two causes in two flows, a third flow that cannot be told, and nothing known of who. */
export function severalFlows(): ScenarioResult {
  const memory: FlowRate = flow("answer", "memory", {
    rate: 12_000,
    low: 10_000,
    high: 14_000,
    verdict: "leaks",
  });
  const rates = [
    ...flows.map((rate) =>
      rate.flow === "stopped" ? { ...rate, rate: 0.05, high: 0.21, verdict: "unclear" as const } : rate,
    ),
    memory,
    flow("failing", "memory", { rate: 0, low: -900, high: 1000 }),
    flow("stopped", "memory", { rate: 300, low: -9000, high: 9600, verdict: "unclear" }),
  ];
  const unknown: Finding = {
    ...session,
    by: { certain: 0, likely: 0, unattributed: 99, examples: [], wouldHelp: "set `concurrency: 1`" },
    origin: undefined,
  };
  const grown: Finding = {
    ...session,
    criterion: "memory",
    criteria: ["memory"],
    resource: "memory of pid 4127 node server.js",
    resources: [
      { criterion: "memory", resource: "memory of pid 4127", count: 5_200_000, hoursToExhaustion: undefined },
    ],
    summary: "13 KiB were left by each of 400 operations",
    evidence: ["baseline 34 MiB → 39 MiB"],
    next: "See what holds it.",
    by: undefined,
    flows: [memory],
    origin: {
      kind: "memory",
      at: "src/gateway/plants/memory.ts:16",
      stack: Array.from({ length: 8 }, (_, index) => ({
        file: `src/gateway/layer-${index}.ts`,
        line: 10 + index,
      })),
      by: "heap",
      seen: 0,
      of: 0,
      retainedBy: "histories of grow (plants/memory.ts:16) → Array → Buffer",
    },
  };
  return leaking({ name: "mixed", criteria: failed, findings: [unknown, grown], flows: rates, notes: [] });
}

const allowances: readonly AllowanceUse[] = [
  {
    what: "fd ^/var/log/app",
    reason: "the log is opened once a session on purpose",
    builtIn: false,
    used: 3,
    state: "used",
  },
  { what: "command ^ssh-agent", reason: "shared by all sessions", builtIn: false, used: 2, state: "over" },
  { what: "peer :5432$", reason: "the pool of the database", builtIn: false, used: 0, state: "unused" },
  { what: "stack ^net/http", reason: "gone with the new client", builtIn: false, used: 0, state: "expired" },
  {
    what: "fd ^anon_inode:inotify$",
    reason: "an event loop opens one inotify instance at its first watch",
    builtIn: true,
    used: 1,
    state: "used",
  },
];

/** A pass that allowances had a part in. */
export function excused(): ScenarioResult {
  const reason =
    "none was left; left out of that, since it is allowed: 3 of fd ^/var/log/app, 1 of fd ^anon_inode:inotify$";
  return scenario({ criteria: [criterion("fds", { reason })], allowances });
}
