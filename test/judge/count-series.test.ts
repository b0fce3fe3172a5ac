import { describe, expect, test } from "vitest";
import { type CountSeries, judgeCounts } from "../../src/judge/count-series.js";

const perBatch = 50;

/** Counts above the baseline, one for each batch; the drain gives back nothing unless it says so. */
function series(counts: readonly number[], more: Partial<CountSeries> = {}): CountSeries {
  return {
    points: counts.map((y, index) => ({ x: (index + 1) * perBatch, y })),
    residual: counts.at(-1) ?? 0,
    replaced: 0,
    allow: 0,
    births: undefined,
    noun: ["task", "tasks"],
    ...more,
  };
}

/** A set whose members stay: `bornPerBatch[i]` came in batch i + 1. */
function setOf(bornPerBatch: readonly number[], more: Partial<CountSeries> = {}): CountSeries {
  let total = 0;
  const counts = bornPerBatch.map((born) => (total += born));
  const births = bornPerBatch.flatMap((born, index) =>
    Array.from({ length: born }, () => (index + 1) * perBatch),
  );
  return series(counts, { births, ...more });
}

function range(n: number, f: (index: number) => number): number[] {
  return Array.from({ length: n }, (_, index) => f(index));
}

describe("counts without identities", () => {
  test.each<[string, CountSeries, string]>([
    ["given back exactly", series(range(8, () => 0)), "pass"],
    ["one per operation", series(range(8, (i) => 50 * (i + 1))), "fail"],
    ["one per batch, at the least number of batches", series(range(6, (i) => i + 1)), "fail"],
    ["starts after a third of the run", series(range(20, (i) => Math.max(0, i - 7) * 10)), "fail"],
    ["a leak on a pool that fills", series(range(20, (i) => 15 * (i + 1) + Math.min(60, 20 * i))), "fail"],
    ["a pool that fills in three batches", series([10, 20, 30, 30, 30, 30, 30, 30]), "pass"],
    ["a one-off step in the middle", series([0, 0, 0, 4, 4, 4, 4, 4]), "pass"],
    ["a step in the last batch", series([0, 0, 0, 0, 0, 0, 0, 4]), "inconclusive"],
    [
      "a slow release that the drain ends",
      series(
        range(8, () => 15),
        { residual: 0 },
      ),
      "pass",
    ],
    [
      "growth that the drain gives back but for one",
      series(
        range(10, (i) => 10 * i),
        { residual: 1 },
      ),
      "inconclusive",
    ],
    [
      "within what is allowed",
      series(
        range(8, (i) => i + 1),
        { allow: 8 },
      ),
      "pass",
    ],
    [
      "one above what is allowed",
      series(
        range(8, (i) => i + 1),
        { allow: 7 },
      ),
      "fail",
    ],
    ["fewer than at the baseline", series(range(8, () => -3)), "pass"],
    ["a pool that fills ever more slowly", series([30, 45, 52, 56, 58, 59, 60, 60]), "inconclusive"],
    ["one that rose steeply and still flattens", series([30, 45, 52, 56, 58, 59, 60, 61]), "inconclusive"],
    ["a pool that fills late, and is almost full", series([0, 0, 0, 20, 40, 55, 58, 60, 61]), "inconclusive"],
  ])("%s", (_, given, verdict) => {
    expect(judgeCounts(given).verdict).toBe(verdict);
  });

  test("a rise at the very end is more than swings", () => {
    const swings = [2, -1, 1, 0, 3, -2, 1, 2, 0, 3, -1, 2, 1, 0, 2, 1, 3, -1, 9, 9];
    expect(judgeCounts(series(swings)).verdict).toBe("inconclusive");
  });

  test("swings without a trend pass only in a long run", () => {
    const swings = [2, -1, 1, 0, 3, -2, 1, 2, 0, 3, -1, 2, 1, 0, 2, 1];
    expect(judgeCounts(series(swings)).verdict).toBe("pass");
    expect(judgeCounts(series(swings.slice(0, 8))).verdict).toBe("inconclusive");
  });

  test("swings on top of a leak are no swings", () => {
    const swings = [2, -1, 1, 0, 3, -2, 1, 2, 0, 3, -1, 2, 1, 0, 2, 1];
    expect(judgeCounts(series(swings.map((y, index) => y + 2 * index))).verdict).toBe("fail");
  });

  test("a burst every ten batches is never a pass", () => {
    const bursts = range(50, (i) => 10 * Math.floor((i + 3) / 10));
    expect(judgeCounts(series(bursts)).verdict).not.toBe("pass");
  });
});

describe("sets", () => {
  test.each<[string, CountSeries, string]>([
    ["two in each of ten batches", setOf(range(10, () => 2)), "fail"],
    ["a rare one, in six of ten batches", setOf([1, 0, 1, 0, 1, 1, 0, 1, 0, 1]), "fail"],
    ["a rare one that happens to be rarer later", setOf([1, 1, 1, 1, 0, 0, 1, 0, 1, 0]), "fail"],
    ["all in the first batches", setOf([5, 3, 0, 0, 0, 0, 0, 0, 0, 0]), "pass"],
    ["all in one batch of the middle", setOf([0, 0, 0, 4, 0, 0, 0, 0]), "pass"],
    ["all in the last batch", setOf([0, 0, 0, 0, 0, 0, 0, 4]), "inconclusive"],
    ["in two late batches only", setOf([0, 0, 0, 0, 0, 1, 0, 1]), "inconclusive"],
  ])("%s", (_, given, verdict) => {
    expect(judgeCounts(given).verdict).toBe(verdict);
  });

  test("what came during the drain alone is not settled", () => {
    const given = setOf(
      range(8, () => 0),
      { residual: 1, births: [undefined] },
    );
    expect(judgeCounts(given).verdict).toBe("inconclusive");
  });

  test("a pool whose members come and go does not grow", () => {
    const births = [350, 400, 450, 500].flatMap((birth) => range(5, () => birth));
    const turnover = series(
      range(10, () => 20),
      { births, replaced: 20 },
    );
    expect(judgeCounts(turnover)).toMatchObject({ verdict: "pass", perOperation: 0 });
  });

  test("replacement excuses nothing once the new members go on growing", () => {
    const given = setOf(
      range(10, () => 2),
      { replaced: 20 },
    );
    expect(judgeCounts(given).verdict).toBe("fail");
  });

  test("one replaced and one left is one left", () => {
    const one = setOf([0, 2, 0, 0, 0, 0, 0, 0], { replaced: 1 });
    expect(judgeCounts(one).reason).toContain("a one-off step or pool of 1 task,");
  });
});

describe("what is said", () => {
  test("a pass states its power by the rule of three", () => {
    const verdict = judgeCounts(series(range(20, () => 0)));
    expect(verdict).toMatchObject({ perOperation: 0, low: 0, high: 0.003 });
    expect(verdict.reason).toBe("none was left; anything above 1 per 333 operations would have been seen");
  });

  test("a slow release is named", () => {
    const { reason } = judgeCounts(
      series(
        range(8, () => 15),
        { residual: 0 },
      ),
    );
    expect(reason).toContain("15 given back only in the drain: a slow release, not a leak");
  });

  test("the rate of a leak, with its interval", () => {
    const verdict = judgeCounts(series(range(10, (i) => 5 * (i + 1))));
    expect(verdict).toMatchObject({ perOperation: 0.1, low: 0.1, high: 0.1 });
    expect(verdict.reason).toBe(
      "50 tasks were left by 500 operations (0.1 each), still growing in the later half",
    );
  });

  test("a leak too rare for the median slope still has a rate", () => {
    const rare = setOf([1, ...range(20, (i) => (i % 3 === 0 ? 1 : 0))]);
    const verdict = judgeCounts(rare);
    expect(verdict.verdict).toBe("fail");
    expect(verdict.perOperation).toBeGreaterThan(0);
  });

  test("unclear says what would settle it", () => {
    expect(judgeCounts(setOf([0, 0, 0, 0, 0, 1, 0, 1])).reason).toContain("run 800 operations to tell");
  });
});

describe("a steady leak is found at every size of run", () => {
  const batches = range(35, (index) => index + 6);
  const perBatches = [1, 2, 7, 25, 88, 100, 1000];
  const sizes = batches.flatMap((count) => perBatches.map((born) => [count, born] as const));

  test.each(sizes)("%d batches that leave %d each", (count, born) => {
    expect(judgeCounts(series(range(count, (i) => born * (i + 1)))).verdict).toBe("fail");
    expect(judgeCounts(setOf(range(count, () => born))).verdict).toBe("fail");
  });
});
