import { describe, expect, it } from "vitest";
import { judgeView } from "../../src/judge/judge-run.js";
import { viewOf } from "../../src/judge/run-view.js";
import { flowRates } from "../../src/ledger/flow-rates.js";
import type { FlowRate } from "../../src/model/finding.js";
import type { Operation } from "../../src/model/operation.js";
import type { RunRecord } from "../../src/model/record.js";
import type { ProcessEntry } from "../../src/model/resource.js";
import type { Snapshot } from "../../src/model/snapshot.js";
import type { CriterionId } from "../../src/model/verdict.js";
import { child, recordOf, server } from "../judge/record-builder.js";
import { type MixedPlan, mixedRun, truthOf } from "./mixed-run.js";

const six = ["a", "b", "c", "d", "e", "f"].map((name) => ({ name }));

function ratesOf(plan: MixedPlan, isKnown: (operation: Operation) => boolean = () => false): FlowRate[] {
  const { record, leavers } = mixedRun(plan);
  const view = viewOf(record);
  const judgement = judgeView(view);
  const left = judgement.findings.flatMap((leak) => leak.left);
  return flowRates({ view, judgement, ledger: truthOf(left, leavers, isKnown) });
}

/** `fds b leaks`, … */
function told(rates: readonly FlowRate[], criterion: CriterionId): Record<string, string> {
  return Object.fromEntries(
    rates.flatMap((rate) => (rate.criterion === criterion ? [[rate.flow, rate.verdict]] : [])),
  );
}

const clean = { a: "clean", b: "clean", c: "clean", d: "clean", e: "clean", f: "clean" };

describe("leaks by flow", () => {
  it("names the flow of each resource, and clears the others", () => {
    const rates = ratesOf({ flows: six, leaks: { b: { fds: 1 }, e: { tasks: 1 } }, batches: 16 });
    expect(told(rates, "fds")).toEqual({ ...clean, b: "leaks" });
    expect(told(rates, "tasks")).toEqual({ ...clean, e: "leaks" });
    const guilty = rates.find(({ flow, criterion }) => flow === "b" && criterion === "fds");
    expect(guilty?.rate).toBeCloseTo(1, 2);
    expect(guilty?.operations).toBe(160);
  });

  it("names the flow that leaves memory", () => {
    const rates = ratesOf({ flows: six, leaks: { c: { memory: 400_000 } }, batches: 16 });
    expect(told(rates, "memory")).toEqual({ ...clean, c: "leaks" });
  });

  it("names all flows that leak, and clears the one that does not", () => {
    const leaks = Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [name, { fds: 1 }]));
    const rates = ratesOf({ flows: six, leaks, batches: 16 });
    expect(told(rates, "fds")).toEqual({
      a: "leaks",
      b: "leaks",
      c: "leaks",
      d: "leaks",
      e: "leaks",
      f: "clean",
    });
  });

  it("takes what is certain for known, be it of some flows only", () => {
    const leaks = { a: { fds: 0.5 }, b: { fds: 0.5 } };
    const plan = { flows: six, leaks, batches: 12, seed: 2 };
    expect(
      told(
        ratesOf(plan, () => true),
        "fds",
      ),
    ).toEqual({ ...clean, a: "leaks", b: "leaks" });
    const some = ratesOf(plan, ({ flow, id }) => flow === "a" && id % 2 === 0);
    expect(some.find(({ flow }) => flow === "a")).toMatchObject({ verdict: "leaks" });
    expect(some.flatMap(({ flow, verdict }) => (verdict === "leaks" ? [flow] : []))).not.toContain("c");
  });

  it("learns from the operations that ran alone", () => {
    const plan = { flows: six.slice(0, 2), leaks: { a: { fds: 0.3 } }, batches: 8, size: 20, seed: 3 };
    const [without] = ratesOf(plan);
    const [withTail] = ratesOf({ ...plan, tail: 20 });
    const width = (rate: FlowRate | undefined): number => (rate?.high ?? 0) - (rate?.low ?? 0);
    expect(withTail).toMatchObject({ flow: "a", verdict: "leaks", operations: without?.operations });
    expect(width(withTail)).toBeLessThan(0.9 * width(without));
  });

  it("counts once what is told of twice, and not what the stop alone has found", () => {
    const { record } = mixedRun({ flows: six, leaks: { b: { fds: 1 } }, batches: 16 });
    const agents = (look: Snapshot): ProcessEntry[] =>
      (look.processes[0]?.fds ?? []).slice(1).map(({ fd }) => child(1000 + fd));
    const snapshots = record.snapshots.map((look) => ({
      ...look,
      processes: [server(), ...agents(look)],
    }));
    const last = snapshots.at(-1)?.processes.slice(1) ?? [];
    const stop = { ...recordOf().stop, survivors: [...last, ...[1, 2, 3].map((n) => child(90_000 + n))] };
    const view = viewOf({ ...record, snapshots, stop: stop as RunRecord["stop"] });
    const rates = flowRates({ view, judgement: judgeView(view), ledger: new Map() });
    expect(told(rates, "processes")).toEqual({ ...clean, b: "leaks" });
  });

  it("says that it cannot tell where the mix does not", () => {
    const rates = ratesOf({ flows: six, leaks: { a: { fds: 0.1 } }, batches: 6, size: 40, seed: 4 });
    expect(new Set(Object.values(told(rates, "fds")))).not.toContain("leaks");
  });

  it("has nothing to tell of a run without a leak, or with one flow", () => {
    expect(ratesOf({ flows: six, leaks: {} })).toEqual([]);
    expect(ratesOf({ flows: six.slice(0, 1), leaks: { a: { fds: 1 } } })).toEqual([]);
  });
});

const variants = ["answers", "fails"].flatMap((agent) =>
  ["close", "fin", "reset"].map((ending) => ({
    name: `goose/${agent}/${ending}`,
    variant: { of: "goose", levels: { agent, ending } },
  })),
);

describe("leaks by the level of a factor", () => {
  const leaks = { "goose/answers/fin": { fds: 0.4 }, "goose/fails/fin": { fds: 0.4 } };

  it("are told where those of single variants are not", () => {
    const rates = ratesOf({ flows: variants, leaks, batches: 14, size: 60, seed: 7 });
    const levels = told(rates.slice(6), "fds");
    expect(levels).toEqual({
      "goose ending=close": "clean",
      "goose ending=fin": "leaks",
      "goose ending=reset": "clean",
    });
    expect(rates.find(({ flow }) => flow === "goose ending=fin")?.operations).toBe(280);
  });

  it("are left out where the variants themselves are told", () => {
    const rates = ratesOf({ flows: variants, leaks: { "goose/fails/fin": { fds: 1 } }, batches: 16 });
    expect(rates.map(({ flow }) => flow)).toEqual(variants.map(({ name }) => name));
  });
});
