import { describe, expect, it } from "vitest";
import type { Series } from "../../src/model/series.js";
import { type Explained, explainSeries } from "../../src/report/explain.js";
import {
  evil,
  leaking,
  overTime,
  sawtooth,
  seriesOf,
  stable,
  undecided,
  verdictOf,
} from "./series-samples.js";

const nothing: Series = { name: "nothing", kind: "count", baseline: [], points: [], drain: [] };

describe("explainSeries", () => {
  it.each<[string, Series, Explained, number]>([
    ["leak-80", leaking, { ...verdictOf(), verdict: "leak" }, 80],
    ["leak-50", leaking, { ...verdictOf(), verdict: "leak" }, 50],
    ["time-80", leaking, overTime, 80],
    ["sawtooth-80", sawtooth, { ...stable, verdict: "stable" }, 80],
    ["flat-80", seriesOf("flat", "count", () => 20), { ...stable, shape: "flat", numbers: {} }, 80],
    ["undecided-80", { ...nothing, points: leaking.points.slice(0, 1) }, undecided, 80],
    ["nothing-80", nothing, undecided, 80],
  ])("%s", async (...[name, series, found, width]) => {
    const text = explainSeries(series, found, { width });
    await expect(text).toMatchFileSnapshot(`golden/explain-${name}.txt`);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(width);
  });

  it("names every number behind the verdict", () => {
    const text = explainSeries(leaking, verdictOf(), { width: 80 });
    expect(text).toMatch(/z: +7\.12346\n/);
    expect(text).toMatch(/p of no trend: +1\.2e-7\n/);
  });

  it("says what a criterion knows, and nothing of what it does not", () => {
    const { perOperation, low, high, reason } = verdictOf();
    const unknown = { detectable: undefined, shape: undefined, perHour: undefined, numbers: undefined };
    const criterion = { verdict: "pass", perOperation, low, high, reason, ...unknown } as const;
    const text = explainSeries(leaking, criterion, { width: 80 });
    expect(text).not.toMatch(/power|shape|half-life/);
    expect(explainSeries(leaking, { ...criterion, perOperation: undefined }, { width: 80 })).toContain(
      "not known",
    );
  });

  it("lets no name act on the terminal", () => {
    const found = verdictOf({ reason: evil, numbers: { [evil]: 1 } });
    const text = explainSeries({ ...leaking, name: evil }, found, { width: 80 });
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text.split(String.raw`\x1b]0;owned\x07\x9b2J\x0d\x0a\u202ekcab`)).toHaveLength(4);
  });
});
