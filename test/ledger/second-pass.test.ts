import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeRun } from "../../src/judge/judge-run.js";
import { secondPassOf } from "../../src/ledger/second-pass.js";
import type { Finding, FlowRate, LeavingOperation } from "../../src/model/finding.js";
import type { RunRecord } from "../../src/model/record.js";
import type { Scenario } from "../../src/model/scenario.js";
import type { CriterionId, ScenarioResult } from "../../src/model/verdict.js";
import { recordOf, rule } from "../judge/record-builder.js";

const asked = { ...rule, detectPerOperation: 0.01 };

/** 1000 operations in 10 batches, every other one of each flow; the load takes 1 s by its snapshots. */
function firstPass(parts: Partial<Scenario> = {}): RunRecord {
  const record = recordOf({ criteria: { fds: asked } });
  const scenario: Scenario = {
    ...record.run.scenario,
    flows: ["polite", "rude"].map((name) => ({ name, weight: 1, steps: [] })),
    stop: { signal: "SIGTERM", withinMs: 1000, whileOpen: { flow: "polite", sessions: 3 } },
    ...parts,
  };
  return { ...record, run: { ...record.run, scenario } };
}

function finding(criterion: CriterionId, count: number | undefined, examples: string[] = []): Finding {
  const resource = "file descriptor /tmp/x";
  const left: LeavingOperation[] = examples.map((flow, index) => ({
    operation: index + 1,
    flow,
    batch: 1,
    step: undefined,
    sureness: "certain",
    because: "",
    left: [],
  }));
  const by = { certain: left.length, likely: 0, unattributed: 0, examples: left, wouldHelp: undefined };
  return {
    criterion,
    criteria: [criterion],
    resource,
    summary: "",
    evidence: [],
    next: "",
    resources: [{ criterion, resource, count, hoursToExhaustion: undefined }],
    by: left.length === 0 ? undefined : by,
    flows: [],
    origin: undefined,
  };
}

function rate(flow: string, verdict: FlowRate["verdict"]): FlowRate {
  return { flow, criterion: "fds", operations: 500, verdict, rate: 1, low: 1, high: 1 };
}

function resultOf(findings: readonly Finding[], parts: Partial<ScenarioResult> = {}): ScenarioResult {
  return { ...judgeRun(firstPass()), findings, flows: [], ...parts };
}

interface Known {
  readonly flows: FlowRate[];
  readonly examples: string[];
}

describe("which flows", () => {
  const both = ["polite", "rude"];
  it.each<readonly [string, Known, string[]]>([
    ["those that surely leak", { flows: [rate("rude", "leaks")], examples: ["polite"] }, ["rude"]],
    [
      "else those of the operations that left something",
      { flows: [rate("rude", "unclear")], examples: ["polite"] },
      ["polite"],
    ],
    ["else all", { flows: [rate("rude", "unclear")], examples: [] }, both],
    ["and none that the scenario does not have", { flows: [rate("gone", "leaks")], examples: [] }, both],
  ])("%s", (_, { flows, examples }, expected) => {
    const pass = secondPassOf(firstPass(), resultOf([finding("fds", 100, examples)], { flows }));
    expect(pass?.scenario.flows.map(({ name }) => name)).toEqual(expected);
  });
});

describe("how much", () => {
  it.each<[string, number, number]>([
    ["one in one: for each flow one in each batch", 1000, 12],
    ["one in ten: for five", 100, 50],
    ["one in 100: for five", 10, 500],
    ["one in 1000: as many as the first pass", 1, 1000],
  ])("%s", (_, count, operations) => {
    const pass = secondPassOf(firstPass(), resultOf([finding("fds", count)]));
    expect(pass?.scenario.load).toMatchObject({ operations, batch: Math.ceil(operations / 6) });
  });

  it("is for the rarest of what was found", () => {
    const pass = secondPassOf(firstPass(), resultOf([finding("fds", 1000), finding("ptys", 100)]));
    expect(pass?.scenario.load.operations).toBe(50);
  });

  it("of memory, what a profiler needs to see", () => {
    const leak = finding("memory", undefined);
    const result = resultOf([leak]);
    const criteria = result.criteria.map((one) =>
      one.id === "memory" ? { ...one, perOperation: 65_536 } : one,
    );
    const pass = secondPassOf(firstPass(), { ...result, criteria });
    expect(pass?.scenario.load.operations).toBe(64);
    expect(pass?.memory).toBe(true);
  });

  it("never takes more than the guilty flows did, nor twice their time", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.boolean(), (count, isOne) => {
        const flows = isOne ? [rate("rude", "leaks")] : [];
        const load = secondPassOf(firstPass(), resultOf([finding("fds", count)], { flows }))?.scenario.load;
        const share = isOne ? 0.5 : 1;
        expect(load?.operations).toBeLessThanOrEqual(1000 * share);
        expect(load?.durationMs).toBeLessThanOrEqual(2 * 1000 * share);
      }),
    );
  });
});

describe("operations that run alone", () => {
  it.each([
    ["are looked at for what nobody was seen to leave", finding("fds", 20), ["fds"]],
    ["are not needed where somebody was", finding("fds", 20, ["rude"]), []],
    ["tell nothing of memory", finding("memory", 20), []],
  ])("%s", (_, found, expected) => {
    expect(secondPassOf(firstPass(), resultOf([found]))?.alone ?? []).toEqual(expected);
  });
});

it("leaves out what only a verdict needs", () => {
  const pass = secondPassOf(firstPass({ drainMs: 30_000 }), resultOf([finding("fds", 1000)]));
  expect(pass?.memory).toBe(false);
  expect(pass?.scenario).toMatchObject({ drainMs: 1000, settle: { quietMs: 100, withinMs: 1000 } });
  expect(pass?.scenario.stop.whileOpen).toBeUndefined();
  expect(pass?.scenario.criteria.fds).toMatchObject({ detectPerOperation: undefined });
  expect(pass?.scenario.load.maxOperations).toBeUndefined();
});

it("waits as long as the target took to give things back", () => {
  const record = firstPass({ drainMs: 30_000 });
  const last = record.snapshots.findLast(({ phase }) => phase === "batch");
  if (!last) throw new Error("no batch");
  const held = (atMs: number, fdCount: number) => ({
    ...last,
    phase: "draining" as const,
    atMs: last.atMs + atMs,
    processes: last.processes.map((entry) => ({ ...entry, fdCount })),
  });
  const draining = [held(1000, 9), held(2000, 5), held(4000, 1), held(8000, 1)];
  const result = resultOf([finding("fds", 1000)]);
  expect(secondPassOf({ ...record, snapshots: [...record.snapshots, ...draining] }, result)).toMatchObject({
    scenario: { drainMs: 4000 },
  });
});

it("is not made for what has no place of its own", () => {
  expect(secondPassOf(firstPass(), resultOf([finding("processes", undefined)]))).toBeUndefined();
  expect(secondPassOf(firstPass(), resultOf([]))).toBeUndefined();
});
