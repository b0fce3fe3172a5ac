import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { judgeBare } from "../../src/judge/judge-bare.js";
import type { Series } from "../../src/model/series.js";

interface Case {
  readonly name: string;
  readonly label: "leak" | "stable";
  readonly kind: Series["kind"];
  readonly opsPerBatch: number;
  readonly batchSeconds: number;
  readonly baseline: readonly number[];
  readonly samples: readonly number[];
  readonly finalDrain: readonly number[];
}

const cases = JSON.parse(readFileSync(join(import.meta.dirname, "corpus.json"), "utf8")) as readonly Case[];

function seriesOf({ name, kind, baseline, samples, finalDrain, ...batch }: Case): Series {
  const points = samples.map((value, index) => ({
    operations: (index + 1) * batch.opsPerBatch,
    atMs: (index + 1) * batch.batchSeconds * 1000,
    value,
  }));
  return { name, kind, baseline, points, drain: finalDrain };
}

/** What is said of the cases of so many batches; `wrong` is a leak that passes, or a stable series that fails. */
function tally(batches: number) {
  const judged = cases
    .filter(({ samples }) => samples.length === batches)
    .map((one) => ({ ...one, verdict: judgeBare(seriesOf(one)).verdict }));
  const wrong = judged.filter(({ label, verdict }) => verdict === (label === "leak" ? "pass" : "fail"));
  const open = judged.filter(({ verdict }) => verdict === "inconclusive");
  return {
    count: judged.length,
    wrong: wrong.map(({ name }) => name),
    openShare: open.length / judged.length,
  };
}

describe("series of which it is known whether they leak", () => {
  test("are there, of both labels, at all lengths", () => {
    expect(cases).toHaveLength(213);
    expect(cases.filter(({ label }) => label === "leak").length).toBeGreaterThan(90);
  });

  test.each([
    [50, 0.1],
    [100, 0.05],
  ])("of %i batches are never misjudged, and seldom left open", (batches, mostOpen) => {
    const { count, wrong, openShare } = tally(batches);
    expect(count).toBe(72);
    expect(wrong).toEqual([]);
    expect(openShare).toBeLessThanOrEqual(mostOpen);
  });

  test("of 20 batches are hardly ever misjudged", () => {
    const { count, wrong } = tally(20);
    expect(count).toBe(69);
    expect(wrong.length).toBeLessThanOrEqual(count / 100);
  });
});
