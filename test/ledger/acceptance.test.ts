import { assert, constant, constantFrom, integer, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeView } from "../../src/judge/judge-run.js";
import { viewOf } from "../../src/judge/run-view.js";
import { attribute } from "../../src/ledger/attribute.js";
import type { Sureness } from "../../src/model/finding.js";
import type { Leftover } from "../../src/model/leftover.js";
import { type SimulatedPlan, type SimulatedRun, simulatedRun } from "./simulated-run.js";

const leastRight = 0.95;

function truthOf(leftover: Leftover, { truth }: SimulatedRun): number | undefined {
  if (leftover.kind === "fd") {
    const { holder, entry } = leftover;
    return truth.get(`fd ${holder.pid}/${entry.fd}/${entry.target}`);
  }
  if (leftover.kind !== "pty") return truth.get(`process ${leftover.entry.pid}`);
  const { holder, fd, ptsNumber, side } = leftover.hold;
  return truth.get(`fd ${holder.pid}/${fd}/${side === "master" ? "/dev/ptmx" : `/dev/pts/${ptsNumber}`}`);
}

interface Tally {
  readonly left: number;
  readonly right: Readonly<Record<Sureness, number>>;
  readonly wrong: Readonly<Record<Sureness, readonly string[]>>;
  /** Attributed to operations of the tail. */
  readonly inTail: number;
}

function tallyOf(plan: SimulatedPlan): Tally {
  const run = simulatedRun(plan);
  const view = viewOf(run.record);
  const left = judgeView(view).findings.flatMap((leak) => leak.left);
  const right = { certain: 0, likely: 0 };
  const wrong: Record<Sureness, string[]> = { certain: [], likely: [] };
  let inTail = 0;
  for (const [leftover, { operation, sureness, because }] of attribute(view, left)) {
    if (operation.tail === true) inTail++;
    const truth = truthOf(leftover, run);
    if (truth === operation.id) right[sureness]++;
    else wrong[sureness].push(`${leftover.kind} of ${operation.id}, and not of ${truth}, since ${because}`);
  }
  return { left: left.length, right, wrong, inTail };
}

describe("1,000 sessions at concurrency 25, each of which leaves something", () => {
  const tally = tallyOf({ seed: 1, tail: 12 });

  it("has every certain attribution right", () => {
    expect(tally.wrong.certain).toEqual([]);
    expect(tally.right.certain).toBeGreaterThan(tally.left * 0.7);
  });

  it("has what came in the tail attributed as well", () => {
    expect(tally.wrong.likely).toEqual([]);
    expect(tally.inTail).toBeGreaterThanOrEqual(12);
  });
});

it("certain is right where ports are used again and again, and few agents bear a mark", () => {
  const { wrong, right } = tallyOf({ seed: 2, ports: 400, marked: 0.3 });
  expect(wrong.certain).toEqual([]);
  expect(right.certain).toBeGreaterThan(200);
});

it("one after the other, start times tell who left what bears no mark: at least 95% right", () => {
  const { wrong, right } = tallyOf({ seed: 3, concurrency: 1, pauseMs: 1500, marked: 0 });
  expect(right.likely).toBeGreaterThan(300);
  expect(right.likely).toBeGreaterThan((right.likely + wrong.likely.length) * leastRight);
});

it("where twenty-five overlap, what bears no mark is attributed to nobody", () => {
  const habits = ["pipes", "zombie"] as const;
  const { right, wrong, left } = tallyOf({ seed: 4, sessions: 300, marked: 0, habits });
  expect(left).toBeGreaterThan(200);
  expect(right.certain + right.likely).toBeLessThan(left / 50);
  expect(wrong).toEqual({ certain: [], likely: [] });
});

it("whatever the load: certain is never wrong, and likely hardly ever", () => {
  const sums = { right: 0, wrong: 0 };
  const plans = record({
    seed: integer({ min: 1, max: 1_000_000 }),
    sessions: constant(180),
    perBatch: constantFrom(15, 30),
    concurrency: constantFrom(1, 2, 5, 25),
    ports: constantFrom(90, 200, 28_000),
    marked: constantFrom(0, 0.3, 1),
    pauseMs: constantFrom(0, 1000, 3000),
    tail: constantFrom(0, 6),
  });
  assert(
    property(plans, (plan) => {
      const { right, wrong } = tallyOf(plan);
      sums.right += right.likely;
      sums.wrong += wrong.likely.length;
      expect(wrong.certain).toEqual([]);
    }),
    { numRuns: 25, seed: 7 },
  );
  expect(sums.right).toBeGreaterThan((sums.right + sums.wrong) * leastRight);
});
