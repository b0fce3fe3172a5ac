import { describe, expect, test } from "vitest";
import type { SeriesVerdict } from "../../src/model/series.js";
import { atLeast, missedBars } from "../long/calibrate/bars.js";
import { caseOf, shapes } from "../long/calibrate/case.js";
import { markdownTable, textTable, withTable } from "../long/calibrate/table.js";
import { outcomeOf, type Row, rowOf } from "../long/calibrate/tally.js";

const [leak, flat] = ["public.leak_tenth", "public.flapping"].map((name) => {
  const shape = shapes.find((each) => each.name === name);
  if (shape === undefined) throw new Error(name);
  return { shape, labelled: caseOf(shape, { baseSeed: 1, batches: 50, seed: 1 }) };
});
if (leak === undefined || flat === undefined) throw new Error("no shapes");

const verdict = (more: Partial<SeriesVerdict>): SeriesVerdict => ({
  verdict: "pass",
  shape: "flat",
  perOperation: 0,
  low: -0.01,
  high: 0.01,
  detectable: 0.05,
  perHour: undefined,
  reason: "",
  numbers: {},
  ...more,
});

describe("what counts as what", () => {
  test.each([
    ["a leak called pass at a rate that the pass says it would have seen", 0.05, true],
    ["a leak called pass below what the pass says it could see", 0.2, false],
  ])("%s", (_, detectable, missedAtDetectable) => {
    const outcome = outcomeOf(leak.labelled, verdict({ detectable }));
    expect(outcome).toMatchObject({ missed: true, missedAtDetectable, falseFail: false, above: true });
  });

  test("a stable series called fail", () => {
    const outcome = outcomeOf(flat.labelled, verdict({ verdict: "fail", low: 0.1, high: 0.2 }));
    expect(outcome).toMatchObject({ falseFail: true, missed: false, below: true, above: false });
  });

  test.each(["inconclusive", "unchecked"] as const)("%s is neither", (word) => {
    const outcome = outcomeOf(leak.labelled, verdict({ verdict: word }));
    expect(outcome).toMatchObject({ undecided: true, missed: false, falseFail: false });
  });

  test("an interval that ends at the very rate holds it", () => {
    const { below, above } = outcomeOf(leak.labelled, verdict({ low: 0.1, high: 0.1 }));
    expect([below, above]).toEqual([false, false]);
  });
});

/** A row of a thousand cases without fault: 5% outside of the interval. */
const sound = (more: Partial<Row>): Row => ({
  shape: "flapping",
  group: "wide",
  label: "stable",
  exact: false,
  batches: 50,
  cases: 1000,
  falseFails: 0,
  missed: 0,
  missedAtDetectable: 0,
  undecided: 0,
  clear: 1000,
  clearUndecided: 0,
  bounded: 1000,
  below: 25,
  above: 25,
  ...more,
});

describe("bars", () => {
  test.each([
    ["nothing", sound({}), []],
    ["one false fail in a thousand", sound({ falseFails: 1 }), []],
    ["nine false fails", sound({ falseFails: 9 }), ["false fails"]],
    ["misses", sound({ label: "leak", missedAtDetectable: 30 }), ["misses at the stated detectable rate"]],
    ["undecided at 50", sound({ clearUndecided: 150 }), ["inconclusive"]],
    ["undecided at 100", sound({ batches: 100, clearUndecided: 90 }), ["inconclusive"]],
    ["undecided at 20", sound({ batches: 20, clearUndecided: 900 }), []],
    ["wrong at 20", sound({ batches: 20, label: "leak", missedAtDetectable: 4 }), []],
    ["too narrow", sound({ below: 60, above: 60 }), ["coverage"]],
    ["too wide", sound({ below: 1, above: 1 }), ["coverage"]],
    ["exact", sound({ exact: true, below: 0, above: 0 }), []],
  ])("%s", (_, row, expected) => {
    const beyond = missedBars([row]).filter(({ byChance }) => !byChance);
    expect([...new Set(beyond.map(({ what }) => what))]).toEqual(expected);
  });

  test("what one shape hides in chance shows in all of them together", () => {
    const rows = ["a", "b", "c", "d", "e", "f"].map((shape) => sound({ shape, falseFails: 3 }));
    const beyond = missedBars(rows).filter(({ byChance }) => !byChance);
    expect(beyond.map(({ where }) => where)).toEqual(["all wide stable shapes at 50 batches"]);
  });

  // By hand: 1 - 0.9^3, and 3 * 0.1^2 * 0.9 + 0.1^3.
  test.each([
    [0, 1],
    [1, 0.271],
    [2, 0.028],
    [4, 0],
  ])("the chance of %d or more among three at 1 in 10", (hits, chance) => {
    expect(atLeast(hits, 3, 0.1)).toBeCloseTo(chance, 12);
  });
});

describe("tables", () => {
  const outcomes = [verdict({}), verdict({ verdict: "fail" })].map((each) => outcomeOf(flat.labelled, each));
  const rows = [rowOf({ shape: flat.shape, batches: 50 }, outcomes)];

  test("a row counts its cases", () => {
    expect(rows[0]).toMatchObject({ cases: 2, falseFails: 1, undecided: 0, below: 0, above: 0 });
    expect(textTable(rows).split("\n")[1]).toMatch(/^public\.flapping +50 +2 +50\.0/);
  });

  test("the page keeps all but what stands between its markers", () => {
    const table = markdownTable(rows, { baseSeed: 1, seeds: 2 });
    expect(table).toContain("| public.flapping | 50.0 | 0 | 100.0 |");
    const page = "before\n<!-- calibration -->\nold\n<!-- /calibration -->\nafter\n";
    expect(withTable(page, table)).toBe(
      `before\n<!-- calibration -->\n${table}\n<!-- /calibration -->\nafter\n`,
    );
    expect(() => withTable("no markers", table)).toThrow("lacks");
  });
});
