import { expect, test } from "vitest";
import { judgeRun } from "../../src/judge/judge-run.js";
import type { CriterionId } from "../../src/model/verdict.js";
import {
  child,
  criterion,
  file,
  files,
  mib,
  type Moment,
  nodeProbe,
  type Plan,
  recordOf,
  server,
  zombie,
} from "./record-builder.js";

const some = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const masters = (count: number) =>
  some(count, (index) => ({ ...file(50 + index, "/dev/ptmx"), ptsNumber: index }));
const processes = (more: (moment: Moment) => Parameters<typeof server>[0]) => (moment: Moment) => [
  server(more(moment)),
];

/** One leaked by each of ten operations, or 10 KiB by each, over 2,000. */
const leaks: readonly (readonly [CriterionId, Plan, string, number])[] = [
  ["tasks", { probes: ({ batch }) => [nodeProbe(4 + 10 * batch)] }, "mark for trouble", (10_000 - 204) / 12],
  [
    "processes",
    { processes: ({ batch }) => [server(), ...some(10 * batch, (i) => child(200 + i))] },
    "pid_max",
    (32_768 - 207) / 12,
  ],
  [
    "fds",
    { processes: processes(({ batch }) => files(1, 1 + 10 * batch)) },
    "soft RLIMIT_NOFILE",
    (1024 - 201) / 12,
  ],
  ["memory", { probes: ({ batch }) => [nodeProbe(4, (10 + 100 * batch) * mib)] }, "RAM", (1024 - 80) / 120],
  [
    "zombies",
    { processes: ({ batch }) => [server(), ...some(10 * batch, (i) => zombie(200 + i))] },
    "pid_max",
    (32_768 - 207) / 12,
  ],
  ["ptys", { processes: processes(({ batch }) => masters(10 * batch)) }, "pty/max", (4096 - 200) / 12],
];

test.each(leaks)(
  "a leak of %s names its ceiling, and the hours until then with their interval",
  (...[id, plan, ceiling, hours]) => {
    const leak = criterion(judgeRun(recordOf({ batches: 20, ...plan })), id);
    expect(leak).toMatchObject({ verdict: "fail", ceiling });
    expect((leak.hoursToExhaustion ?? 0) / hours).toBeCloseTo(1, 2);
    expect(leak.hoursLow).toBeLessThanOrEqual(leak.hoursToExhaustion ?? 0);
    expect(leak.hoursHigh).toBeGreaterThanOrEqual(leak.hoursToExhaustion ?? Number.NaN);
  },
);

test.each(leaks)("without a leak of %s there are no hours", (id) => {
  const clean = criterion(judgeRun(recordOf({ batches: 20 })), id);
  expect(clean).toMatchObject({ verdict: "pass", hoursToExhaustion: undefined });
});
