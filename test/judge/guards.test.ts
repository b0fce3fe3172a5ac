import { describe, expect, test } from "vitest";
import type { PauseLine } from "../../src/model/record.js";
import { judgeRun } from "../../src/judge/judge-run.js";
import type { RunRecord, TickLine } from "../../src/model/record.js";
import type { ProcessEntry } from "../../src/model/resource.js";
import type { Flow } from "../../src/model/scenario.js";
import { type CriterionId, criterionIds } from "../../src/model/verdict.js";
import {
  child,
  criterion,
  file,
  files,
  mib,
  type Moment,
  nodeProbe,
  recordOf,
  rule,
  server,
  verdicts,
  zombie,
} from "./record-builder.js";

const all = (verdict: string) => Object.fromEntries(criterionIds.map((id) => [id, verdict]));

describe("a load that touches nothing", () => {
  const withSteps = (...kinds: readonly Flow["steps"][number]["kind"][]): RunRecord => {
    const record = recordOf();
    const { run } = record;
    const steps = kinds.map((kind) => ({ kind })) as unknown as Flow["steps"];
    const flows = [{ name: "polite", weight: 1, steps }];
    return { ...record, run: { ...run, scenario: { ...run.scenario, flows } } };
  };

  test("passes no criterion", () => {
    const result = judgeRun(withSteps("wait"));
    expect(verdicts(result)).toEqual(all("unchecked"));
    for (const { reason } of result.criteria) expect(reason).toContain("no operation reached the target");
  });

  test.each(["connect", "http", "exec", "spawn"] as const)("is none with a step to %s", (kind) => {
    expect(judgeRun(withSteps("wait", kind)).verdict).toBe("pass");
  });

  test("hides no leak", () => {
    const processes = ({ batch }: Moment) => [server(files(1, 1 + 10 * batch))];
    const { snapshots } = recordOf({ processes });
    expect(verdicts(judgeRun({ ...withSteps("wait"), snapshots }))).toMatchObject({ fds: "fail" });
  });
});

describe("a resource that the flows must use", () => {
  const judge = (id: CriterionId, plan: Parameters<typeof recordOf>[0] = {}) =>
    criterion(judgeRun(recordOf({ criteria: { [id]: { ...rule, used: true } }, ...plan })), id);

  test.each(criterionIds)("and never did is no pass: %s", (id) => {
    const { verdict, reason } = judge(id);
    expect([verdict, reason]).toEqual([
      "unchecked",
      expect.stringContaining(`none was ever seen in use (${id})`),
    ]);
  });

  const during = (more: readonly ProcessEntry[], changed: Partial<ProcessEntry> = {}) => ({
    processes: ({ batch, drained }: Moment) =>
      batch === 0 || drained ? [server()] : [server(undefined, changed), ...more],
  });
  const master = { ...file(9, "/dev/ptmx"), ptsNumber: 3 };

  test.each<[CriterionId, Parameters<typeof recordOf>[0]]>([
    ["tasks", { probes: ({ batch, drained }) => [nodeProbe(batch === 0 || drained ? 4 : 9)] }],
    ["processes", during([child(200)])],
    ["fds", during([], { fds: files(1, 3), fdCount: 3 })],
    ["memory", during([], { memory: { rssBytes: 90 * mib, anonymousBytes: 50 * mib } })],
    ["zombies", during([zombie(200)])],
    ["ptys", during([], { fds: [file(1, "/dev/null"), master], fdCount: 2 })],
  ])("and did at the points of the load passes: %s", (id, plan) => {
    expect(judge(id, plan).verdict).toBe("pass");
  });

  test.each<[CriterionId, Partial<TickLine>]>([
    ["processes", { processes: 2 }],
    ["fds", { fds: 2 }],
    ["memory", { rssBytes: 81 * mib }],
    ["ptys", { ptys: 1 }],
  ])("and did between the points alone passes: %s", (id, tick) => {
    expect(judge(id, { ticks: [tick] }).verdict).toBe("pass");
  });
});

describe("time that is not what it seems", () => {
  type Times = readonly (readonly [atMs: number, monotonicMs: number | undefined])[];
  const ticks = (at: Times) =>
    judgeRun(recordOf({ ticks: at.map(([atMs, monotonicMs]) => ({ atMs, monotonicMs })) }));

  test.each<[string, Times, string]>([
    [
      "a clock set forward",
      [
        [1000, 1000],
        [2000, 2000],
        [63_000, 3000],
      ],
      "the clock jumped by 60 s",
    ],
    [
      "a clock set back",
      [
        [100_000, 1000],
        [101_000, 2000],
        [42_000, 3000],
      ],
      "the clock jumped by 60 s",
    ],
    [
      "a machine that slept",
      [
        [1000, 1000],
        [62_000, 2000],
      ],
      "the clock jumped by 60 s",
    ],
    [
      "a machine that was starved",
      [
        [1000, 1000],
        [21_000, 21_000],
      ],
      "nothing was looked at for 20 s",
    ],
    [
      "an older record with a hole",
      [
        [1000, undefined],
        [21_000, undefined],
      ],
      "nothing was looked at for 20 s",
    ],
  ])("%s passes nothing", (_, at, reason) => {
    const result = ticks(at);
    expect(verdicts(result)).toEqual(all("unchecked"));
    expect(result.criteria[0]?.reason).toContain(reason);
  });

  /** Looked at after 1 s, and again after 61 s. */
  const apart = (pauses: readonly PauseLine[]) => {
    const ticks = [1000, 61_000].map((atMs) => ({ atMs, monotonicMs: atMs }));
    return judgeRun({ ...recordOf({ ticks }), pauses });
  };
  const pause: PauseLine = { type: "pause", atMs: 1500, forMs: 59_000, operations: 40, suspended: true };

  test("is what it seems where somebody suspended the tool", () => {
    const { verdict, notes } = apart([pause]);
    expect(verdict).toBe("pass");
    expect(notes).toContain(
      "suspended for 59 s after 40 operations, by hand: no operation began, and the target went on",
    );
  });

  test.each<[string, Partial<PauseLine>]>([
    ["a pause in which the tool looked on", { suspended: false }],
    ["a suspension that was over long before", { forMs: 40_000 }],
    ["a suspension at another time", { atMs: 100_000 }],
  ])("is not excused by %s", (_, parts) => {
    expect(apart([{ ...pause, ...parts }]).verdict).toBe("unchecked");
  });

  test("is not made of a little delay", () => {
    expect(
      ticks([
        [1000, 1000],
        [12_000, 12_004],
        [13_500, 13_400],
      ]).verdict,
    ).toBe("pass");
  });
});
