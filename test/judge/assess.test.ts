import { describe, expect, it } from "vitest";
import { assess, endedHere, waitsOf } from "../../src/judge/assess.js";
import { judgeRun } from "../../src/judge/judge-run.js";
import type { RunRecord } from "../../src/model/record.js";
import { criterion, files, type Plan, recordOf, rule, server } from "./record-builder.js";

/** A run under way: no stop, no end. */
const underWay = (plan: Plan = {}): RunRecord => recordOf({ stop: null, end: null, ...plan });
const undecided = { verdict: "inconclusive", unit: "count", detectable: 1 } as const;
/** Keeps what it opens in the first batches, then no more: neither a leak nor clean. */
const unclear: Plan = {
  batches: 6,
  processes: ({ batch }) => [server(files(1, 1 + (batch > 4 ? 1 : 0)))],
};

describe("a run under way", () => {
  it("is decided where all has its verdict", () => {
    expect(assess(underWay(), { drained: true })).toEqual({
      decided: true,
      waitsFor: undefined,
      canSettle: false,
      failing: [],
    });
  });

  it("is judged as if the last batch were its drain, where there was none", () => {
    const record = underWay({ drains: 0 });
    expect(assess(record, { drained: false }).decided).toBe(true);
    expect(assess(record, { drained: true })).toMatchObject({ decided: false, canSettle: true });
  });

  it("is decided where a leak is plain", () => {
    const leaking: Plan = { processes: ({ batch }) => [server(files(1, 1 + 10 * batch))] };
    expect(criterion(judgeRun(recordOf(leaking)), "fds").verdict).toBe("fail");
    expect(assess(underWay(leaking), { drained: true })).toMatchObject({
      decided: true,
      waitsFor: undefined,
      failing: ["fds"],
    });
  });

  it("waits for what is unclear, by name", () => {
    expect(criterion(judgeRun(recordOf(unclear)), "fds").verdict).toBe("inconclusive");
    expect(assess(underWay(unclear), { drained: true })).toEqual({
      decided: false,
      waitsFor: "fds",
      canSettle: true,
      failing: [],
    });
  });

  it("does not wait for what was dropped", () => {
    const plan: Plan = { ...unclear, criteria: { fds: { dropped: true, why: "a pool" } } };
    expect(assess(underWay(plan), { drained: true }).decided).toBe(true);
  });

  it("does not wait for what cannot be read", () => {
    const plan: Plan = { processes: () => [{ ...server(), fds: undefined, fdCount: undefined }] };
    expect(criterion(judgeRun(recordOf(plan)), "fds").verdict).toBe("unchecked");
    expect(assess(underWay(plan), { drained: true }).decided).toBe(true);
  });

  it("is neither decided nor to be settled where the load does not land", () => {
    expect(assess(underWay({ failed: 500 }), { drained: true })).toMatchObject({
      decided: false,
      canSettle: false,
    });
  });
});

describe("a record that ends here", () => {
  it("has this look among its looks, a clean stop and an end", () => {
    const record = underWay();
    const earlier = endedHere(record, { drained: true }).looks;
    expect(earlier).toMatchObject([{ look: 1, batch: 10, operations: 1000 }]);
    const ended = endedHere({ ...record, looks: earlier }, { drained: true });
    expect(ended.looks.map(({ look }) => look)).toEqual([1, 2]);
    expect(ended).toMatchObject({
      stop: { graceful: true, survivors: [] },
      end: { outcome: "complete" },
      truncated: false,
    });
    expect(ended.snapshots).toEqual(record.snapshots);
  });

  it("has its last batch for a drain, where it was not drained since", () => {
    const { snapshots } = endedHere(underWay({ drains: 0 }), { drained: false });
    const [last, drain] = snapshots.slice(-2);
    expect(last).toMatchObject({ phase: "batch", batch: 10 });
    expect(drain).toEqual({ ...last, phase: "drain" });
  });
});

describe("what a run waits for", () => {
  const { criteria } = recordOf().run.scenario;
  const asking = (detectPerOperation: number) => ({ ...rule, detectPerOperation });
  const count = { verdict: "pass", unit: "count" } as const;
  const bytes = { id: "memory", verdict: "pass", unit: "bytes" } as const;

  it.each<[string | undefined, Parameters<typeof waitsOf>]>([
    [undefined, [criteria, [{ ...count, id: "fds", detectable: 0.5 }]]],
    ["fds", [criteria, [{ ...count, id: "fds", verdict: "inconclusive", detectable: 0.5 }]]],
    [
      "fds to see 1 in 250",
      [{ ...criteria, fds: asking(1 / 250) }, [{ ...count, id: "fds", detectable: 0.0041 }]],
    ],
    [undefined, [{ ...criteria, fds: asking(1 / 250) }, [{ ...count, id: "fds", detectable: 0.004 }]]],
    [undefined, [{ ...criteria, fds: asking(1 / 250) }, [{ ...count, id: "fds", detectable: undefined }]]],
    [
      undefined,
      [{ ...criteria, fds: asking(1 / 250) }, [{ ...count, id: "fds", verdict: "fail", detectable: 1 }]],
    ],
    ["tasks to see 2 each", [{ ...criteria, tasks: asking(2) }, [{ ...count, id: "tasks", detectable: 3 }]]],
    [
      "memory to see 4 KiB each",
      [{ ...criteria, memory: asking(4096) }, [{ ...bytes, detectable: Infinity }]],
    ],
    ["fds, memory", [criteria, (["fds", "memory"] as const).map((id) => ({ ...undecided, id }))]],
    [
      "tasks to see 1 in 250, processes to see 1 in 250 and 3 more",
      [
        Object.fromEntries(Object.keys(criteria).map((id) => [id, asking(1 / 250)])) as typeof criteria,
        (["tasks", "processes", "fds", "zombies", "ptys"] as const).map((id) => ({ ...undecided, id })),
      ],
    ],
  ])("%s", (text, [rules, results]) => {
    expect(waitsOf(rules, results)).toBe(text);
    expect((text ?? "").length).toBeLessThan(60);
  });
});
