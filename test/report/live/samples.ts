import type { Progress } from "../../../src/model/progress.js";
import type { LiveState, Row } from "../../../src/report/live/state.js";

const mib = 1024 ** 2;

export const progress: Progress = {
  scenario: "goose-churn",
  phase: "batch",
  batch: 12,
  batches: 40,
  operations: 230,
  totalOperations: 800,
  failed: 0,
  perSecond: 38,
  tasks: 12,
  fds: 37,
  processes: 3,
  ptys: 0,
  rssBytes: 74 * mib,
  etaMs: 72_000,
  waitsFor: "memory",
};

const quiet = (of: (index: number) => number): number[] =>
  Array.from({ length: 12 }, (_, index) => of(index));

export const rows: readonly Row[] = [
  { what: "fds", unit: "count", now: 37, baseline: 25, points: quiet((i) => 25 + i), grows: true },
  { what: "tasks", unit: "count", now: 12, baseline: 12, points: quiet(() => 12), grows: false },
  {
    what: "memory",
    unit: "bytes",
    now: 74 * mib,
    baseline: 68 * mib,
    points: quiet((i) => (68 + (i % 3)) * mib),
    grows: false,
  },
  {
    what: "live memory",
    unit: "bytes",
    now: 9.5 * mib,
    baseline: 9 * mib,
    points: quiet(() => 9.5 * mib),
    grows: false,
  },
  {
    what: "processes",
    unit: "count",
    now: 3,
    baseline: 1,
    points: quiet((i) => (i === 5 ? 2 : 1)),
    grows: false,
  },
  { what: "ptys", unit: "count", now: 0, baseline: 0, points: quiet(() => 0), grows: false },
  { what: "zombies", unit: "count", now: 0, baseline: 0, points: quiet(() => 0), grows: false },
];

export const state: LiveState = {
  progress,
  place: { number: 2, of: 7 },
  elapsedMs: 42_000,
  expectedMs: 90_000,
  thenMs: 200_000,
  rows,
  kind: "run",
  stopping: false,
  pausing: false,
  isPausable: true,
  keys: true,
  help: false,
};
