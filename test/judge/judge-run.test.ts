import { describe, expect, test } from "vitest";
import { exitCodeOf } from "../../src/judge/exit-code.js";
import { judgeRun } from "../../src/judge/judge-run.js";
import { type CriterionId, criterionIds, type ScenarioVerdict } from "../../src/model/verdict.js";
import { child, criterion, type Moment, recordOf, rule, server, verdicts } from "./record-builder.js";

const leaking = ({ batch }: Moment) => [
  server(),
  ...Array.from({ length: batch }, (_, index) => child(200 + index)),
];

test("a clean run passes all six criteria, without a finding or a note", () => {
  const result = judgeRun(recordOf());
  expect(result).toMatchObject({
    name: "made-up",
    verdict: "pass",
    interrupted: false,
    durationMs: 9000,
    broke: undefined,
  });
  expect(result.criteria.map(({ id }) => id)).toEqual([...criterionIds]);
  expect(result.findings).toEqual([]);
  expect(result.notes).toEqual([]);
  expect(result.operations).toEqual({
    landed: 1000,
    failed: 0,
    byFlow: { polite: { landed: 500, failed: 0 }, rude: { landed: 500, failed: 0 } },
  });
});

test("judging does not change the record, and judges it the same again", () => {
  const record = recordOf({ processes: leaking });
  const before = JSON.stringify(record);
  const first = judgeRun(record);
  expect(JSON.stringify(record)).toBe(before);
  expect(judgeRun(record)).toEqual(first);
});

describe("the minimums of a pass", () => {
  const all = (verdict: string) => Object.fromEntries(criterionIds.map((id) => [id, verdict]));

  test.each([
    ["five batches", { batches: 5 }, "only 5 quiescent points, 6 are needed: run at least 600 operations"],
    ["no drain", { drains: 0 }, "the run ended before the drain"],
    ["nothing landed", { batches: 6, failed: 600 }, "no operation landed"],
  ])("%s is inconclusive for every criterion", (_, plan, reason) => {
    const result = judgeRun(recordOf(plan));
    expect(verdicts(result)).toEqual(all("inconclusive"));
    for (const criterion of result.criteria) expect(criterion.reason).toContain(reason);
  });

  test("six batches are enough", () => {
    expect(judgeRun(recordOf({ batches: 6 })).verdict).toBe("pass");
  });

  test("a record without a single snapshot passes nothing", () => {
    const result = judgeRun({ ...recordOf(), snapshots: [] });
    expect(Object.values(verdicts(result))).not.toContain("pass");
    expect(result.verdict).not.toBe("pass");
  });

  test("survivors are found even in a short run", () => {
    expect(verdicts(judgeRun(recordOf({ batches: 3, processes: leaking })))).toMatchObject({
      processes: "fail",
    });
  });
});

describe("a dropped criterion", () => {
  const dropped = { dropped: true, why: "no PTY in this server" } as const;

  test("is shown with its reason and decides nothing", () => {
    const result = judgeRun(recordOf({ criteria: { ptys: dropped } }));
    expect(criterion(result, "ptys")).toMatchObject({ verdict: "dropped", reason: "no PTY in this server" });
    expect(result.verdict).toBe("pass");
  });

  test("a scenario that dropped them all has measured nothing", () => {
    const criteria: Partial<Record<CriterionId, typeof dropped>> = {};
    for (const id of criterionIds) criteria[id] = dropped;
    expect(judgeRun(recordOf({ criteria })).verdict).toBe("unchecked");
  });
});

describe("the verdict of a scenario", () => {
  test("a failure outweighs what is unchecked", () => {
    const processes = (moment: Moment) => leaking(moment).map((entry) => ({ ...entry, fds: undefined }));
    expect(judgeRun(recordOf({ processes })).verdict).toBe("fail");
  });

  test("what is unchecked is no pass", () => {
    const processes = () => [server([], { fds: undefined })];
    expect(judgeRun(recordOf({ processes })).verdict).toBe("unchecked");
  });

  test("a stalled run broke, unless a criterion failed on what was measured", () => {
    const end = {
      outcome: "stalled",
      reason: "no operation of batch 9 landed",
      logTail: ["EMFILE"],
    } as const;
    expect(judgeRun(recordOf({ end }))).toMatchObject({
      verdict: "broke",
      broke: "no operation of batch 9 landed",
      logTail: ["EMFILE"],
    });
    const leaky = judgeRun(recordOf({ end, processes: leaking }));
    expect(leaky).toMatchObject({ verdict: "fail", broke: undefined });
    expect(leaky.notes).toContain("no operation of batch 9 landed");
  });

  test("a run that broke says why, and shows the last lines", () => {
    const end = { outcome: "broke", reason: "the target died: exit code 3", logTail: ["panic"] } as const;
    const result = judgeRun(recordOf({ end }));
    expect(result).toMatchObject({
      verdict: "broke",
      broke: "the target died: exit code 3",
      logTail: ["panic"],
    });
  });

  test("too many failed operations break it, just enough do not", () => {
    const broke = judgeRun(recordOf({ failed: 11 }));
    expect(broke).toMatchObject({ verdict: "broke" });
    expect(broke.broke).toBe("the load stopped landing: 11 of 1000 operations failed: EMFILE (11)");
    const enough = judgeRun(recordOf({ failed: 10 }));
    expect(enough).toMatchObject({ verdict: "pass", broke: undefined });
    expect(enough.notes).toEqual(["10 of 1000 operations failed: EMFILE (10)"]);
  });

  test("a leak explains why the load stopped landing", () => {
    const result = judgeRun(recordOf({ failed: 212, processes: leaking }));
    expect(result).toMatchObject({ verdict: "fail", broke: undefined });
    expect(result.notes[0]).toBe("the load stopped landing: 212 of 1000 operations failed: EMFILE (212)");
  });

  test("an interrupted run with all it needs may pass, one without its end is judged as interrupted", () => {
    expect(judgeRun(recordOf({ end: { outcome: "interrupted" } }))).toMatchObject({
      verdict: "pass",
      interrupted: true,
    });
    const truncated = judgeRun(recordOf({ end: null }));
    expect(truncated.interrupted).toBe(true);
    expect(truncated.notes).toContain("the record is cut short: judged as an interrupted run");
  });
});

describe("notes", () => {
  test("gaps that differ in their pids alone are one note", () => {
    const gaps = [1, 2].map((pid) => ({ what: `/proc/${pid}/smaps_rollup`, why: "EACCES", pid }));
    const { notes } = judgeRun(recordOf({ gaps }));
    expect(notes).toEqual(["not read: /proc/N/smaps_rollup: EACCES (32 times)"]);
  });

  test("points at which the target was still moving are told", () => {
    const record = recordOf();
    const snapshots = record.snapshots.map((snapshot, index) => ({ ...snapshot, quiet: index !== 5 }));
    expect(judgeRun({ ...record, snapshots }).notes).toEqual([
      "the target was still moving 1 s after the load at 1 of 16 points",
    ]);
  });
});

test("the warm-up and aborted operations are not counted", () => {
  const record = recordOf();
  const [first] = record.operations;
  if (!first) throw new Error("no operation");
  const more = [
    { ...first, batch: 0, outcome: "failed" as const },
    { ...first, outcome: "aborted" as const },
  ];
  const result = judgeRun({ ...record, operations: [...record.operations, ...more] });
  expect(result.operations).toMatchObject({ landed: 1000, failed: 0 });
});

test.each<[ScenarioVerdict[], boolean, number]>([
  [["pass", "pass"], false, 0],
  [["pass", "fail", "broke"], false, 1],
  [["pass", "broke", "inconclusive"], false, 4],
  [["pass", "inconclusive"], false, 3],
  [["pass", "unchecked"], false, 3],
  [[], false, 3],
  [["fail"], true, 130],
  [["pass"], true, 130],
])("%j, interrupted %s, exits with %i", (given, interrupted, code) => {
  expect(
    exitCodeOf(
      given.map((verdict) => ({ verdict })),
      { interrupted },
    ),
  ).toBe(code);
});

test("a scenario of another criterion rule is judged by that rule", () => {
  const criteria = { processes: { ...rule, allow: 10 } };
  expect(verdicts(judgeRun(recordOf({ criteria, processes: leaking })))).toMatchObject({ processes: "pass" });
});
