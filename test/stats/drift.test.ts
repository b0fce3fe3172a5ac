import { describe, expect, test } from "vitest";
import { driftOf } from "../../src/stats/drift.js";
import { median } from "../../src/stats/median.js";
import { ols } from "../../src/stats/ols.js";
import { studentTQuantile } from "../../src/stats/student-t.js";
import type { Point } from "../../src/stats/theil-sen.js";
import { intervalOf, known, pointsOf } from "./drifting.js";
import { normal } from "./noise.js";

describe("the drift of points without noise", () => {
  test.each([4, 5, 6, 7, 8, 12, 30])("%s points on a line have its slope, for certain", (count) => {
    const { slope, noise } = known(pointsOf(count, (x) => 3 - 2 * x));
    for (const probability of [0.001, 0.5, 0.999]) expect(slope.quantile(probability)).toBeCloseTo(-2, 9);
    expect(noise).toBeCloseTo(0, 9);
  });
  test("points that are all alike drift neither way", () => {
    const { slope, noise } = known(pointsOf(20, () => 0.1));
    expect(slope.cdf(0)).toBeCloseTo(0.5, 9);
    expect(slope.quantile(0.999)).toBeCloseTo(0, 12);
    expect(noise).toBe(0);
  });
  test.each<[string, (x: number) => number, number]>([
    ["transient", (x) => 20 * (1 - Math.exp(-x / 4)), 0],
    ["transient", (x) => 20 * (1 - Math.exp(-x / 4)) + x, 1],
    ["bend", (x) => Math.min(x, 16), 0],
    ["bend", (x) => Math.min(x, 16) + 0.5 * x, 0.5],
    ["onset", (x) => Math.max(0, x - 20), 1],
  ])("a curve goes on at the slope of its end: %s %s", (kind, y, slope) => {
    const next = normal(55);
    const drift = known(pointsOf(41, (x) => y(x) + 0.05 * next()));
    expect(drift.curve.kind).toBe(kind);
    expect(drift.slope.quantile(0.5)).toBeCloseTo(slope, 1);
  });
});

describe("the interval", () => {
  test.each([4, 5, 6, 8])("of %s points is wider than that of 40", (count) => {
    const next = normal(6);
    const width = (points: number): number => {
      const [low, high] = intervalOf(pointsOf(points, next));
      return high - low;
    };
    expect(width(count)).toBeGreaterThan(width(40));
  });
  test("a jump that is named is no growth", () => {
    const next = normal(7);
    const points = pointsOf(40, (x) => next() + (x >= 25 ? 30 : 0));
    const [low, high] = intervalOf(points, { jumps: [25] });
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);
    expect(high - low).toBeLessThan(0.4);
    expect(known(points, { jumps: [25] }).noise).toBeCloseTo(1, 0);
    expect(known(points).noise).toBeGreaterThan(3);
  });
  test("growth beside a jump is found", () => {
    const next = normal(8);
    const [low, high] = intervalOf(
      pointsOf(40, (x) => x + next() - (x >= 12 ? 30 : 0)),
      { jumps: [12] },
    );
    expect(low).toBeGreaterThan(0.5);
    expect(high).toBeLessThan(1.5);
  });
  test("of white noise is not much wider than that of least squares, which knows that it is white", () => {
    const next = normal(12);
    const ratios = Array.from({ length: 40 }, () => {
      const points = pointsOf(40, next);
      const [low, high] = intervalOf(points);
      return (high - low) / (2 * studentTQuantile(0.975, 38) * (ols(points)?.standardError ?? 0));
    });
    expect(median(ratios)).toBeGreaterThan(1);
    expect(median(ratios)).toBeLessThan(2);
  });
  test("is no narrower than the least variance allows", () => {
    const points = pointsOf(40, () => 5);
    const { slope, noise } = known(points, { leastVariance: 1 / 12 });
    expect(noise).toBeGreaterThanOrEqual(Math.sqrt(1 / 12));
    expect(slope.cdf(0)).toBeCloseTo(0.5, 9);
    // The standard error of a line through 40 points of that variance.
    const least = Math.sqrt(1 / 12 / ((40 ** 3 - 40) / 12));
    expect(slope.quantile(0.975)).toBeGreaterThan(1.5 * least);
    expect(known(points).slope.quantile(0.975)).toBeLessThan(1e-9);
  });
});

describe("which points have a drift", () => {
  test.each<[string, Point[]]>([
    ["none", []],
    ["three", pointsOf(3, (x) => x)],
    ["all at one x", Array.from({ length: 9 }, (_, y) => ({ x: 7, y }))],
  ])("not %s", (_, points) => expect(driftOf(points)).toBeUndefined());
  test.each([
    ["more jumps than points tell apart", [1, 2, 3, 4, 5]],
    ["a jump at the first point", [0]],
    ["a jump after the last", [6]],
    ["one jump twice", [3, 3]],
  ])("not %s", (_, jumps) =>
    expect(
      driftOf(
        pointsOf(6, (x) => x % 2),
        { jumps },
      ),
    ).toBeUndefined(),
  );
  test("several points may have one x", () => {
    const next = normal(10);
    const points = pointsOf(40, (x) => x + next()).map(({ x, y }) => ({ x: 2 * Math.floor(x / 2), y }));
    const [low, high] = intervalOf(points);
    expect(low).toBeGreaterThan(0.7);
    expect(high).toBeLessThan(1.3);
  });
  test.each<[Point, string]>([
    [{ x: 2, y: Number.NaN }, "y[2] is NaN"],
    [{ x: 2, y: Number.POSITIVE_INFINITY }, "y[2] is Infinity"],
    [{ x: Number.NaN, y: 2 }, "x[2] is NaN"],
    [{ x: 0.5, y: 2 }, "x[2] is below the one before it"],
  ])("%j is refused", (point, message) => {
    const points = pointsOf(9, (x) => x).with(2, point);
    expect(() => driftOf(points)).toThrow(new RangeError(message));
  });
});
