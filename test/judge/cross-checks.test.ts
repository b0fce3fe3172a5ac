import { describe, expect, it } from "vitest";
import { crossChecks } from "../../src/judge/cross-checks.js";
import type { Series } from "../../src/model/series.js";

function series(values: readonly number[]): Series {
  const points = values.map((value, index) => ({ operations: 10 * (index + 1), atMs: 0, value }));
  return { name: "made up", kind: "count", baseline: [0], points, drain: [0] };
}

describe("what simpler tests say", () => {
  it("is what they say of a line: its slope, and no doubt", () => {
    const found = crossChecks(series([1, 2, 3, 4, 5, 6, 7, 8]));
    expect(found).toMatchObject({ theilSenSlope: 0.1, leastSquaresSlope: 0.1 });
    expect(found["kendallTau"]).toBeCloseTo(1, 9);
    expect(found["mannKendallP"]).toBeLessThan(0.01);
  });

  it("leaves out what has no value: nothing varies in a flat series", () => {
    const found = crossChecks(series([3, 3, 3, 3, 3]));
    expect(found).toMatchObject({ theilSenSlope: 0, changePoints: 0, medianDeviation: 0 });
    expect(Object.keys(found)).not.toContain("kendallTau");
    expect(Object.values(found).every(Number.isFinite)).toBe(true);
  });

  it("is nothing for fewer than four points", () => {
    expect(crossChecks(series([1, 2, 3]))).toEqual({});
  });
});
