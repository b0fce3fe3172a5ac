import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blockMedians } from "../../src/stats/block-medians.js";
import { theilSen } from "../../src/stats/theil-sen.js";
import { normal } from "./noise.js";

interface Vector {
  readonly name: string;
  readonly x: number[];
  readonly y: number[];
  readonly theilSen95: Record<"slope" | "intercept" | "low" | "high", number>;
  readonly theilSen99: Record<"slope" | "intercept" | "low" | "high", number>;
}

const vectors: Vector[] = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url), "utf8"));

function pointsOf(ys: readonly number[], xs?: readonly number[]) {
  return ys.map((y, index) => ({ x: xs?.[index] ?? index, y }));
}

describe("the values of scipy", () => {
  for (const { name, x, y, theilSen95, theilSen99 } of vectors) {
    for (const [confidence, wanted] of [
      [0.95, theilSen95],
      [0.99, theilSen99],
    ] as const) {
      test(`${name} at ${confidence}`, () => {
        const got = theilSen(pointsOf(y, x), confidence);
        for (const key of ["slope", "intercept", "low", "high"] as const) {
          expect(Math.abs((got?.[key] ?? Number.NaN) - wanted[key]), key).toBeLessThanOrEqual(1e-9);
        }
      });
    }
  }
});

test("no line through fewer than two different x", () => {
  expect(theilSen([])).toBeUndefined();
  expect(theilSen([{ x: 1, y: 2 }])).toBeUndefined();
  expect(
    theilSen([
      { x: 1, y: 2 },
      { x: 1, y: 3 },
    ]),
  ).toBeUndefined();
});

test("two points are their own line", () => {
  const line = theilSen([
    { x: 0, y: 1 },
    { x: 10, y: 6 },
  ]);
  expect(line).toEqual({ slope: 0.5, intercept: 1, low: 0.5, high: 0.5 });
});

test("a quarter of outliers does not move the slope", () => {
  const ys = Array.from({ length: 20 }, (_, i) => (i % 4 === 0 ? 1000 : 2 * i));
  expect(theilSen(pointsOf(ys))?.slope).toBeCloseTo(2, 5);
});

test.each([
  ["x", { x: Number.NaN, y: 0 }],
  ["y", { x: 0, y: Number.NaN }],
])("NaN in %s is refused", (name, point) => {
  expect(() => theilSen([point, { x: 1, y: 1 }])).toThrow(new RangeError(`${name}[0] is NaN`));
});

test.each([0 - 1, 1, Number.NaN])("a confidence of %s is refused", (confidence) => {
  expect(() => theilSen(pointsOf([1, 2, 3]), confidence)).toThrow(RangeError);
});

test("a shift of y moves nothing, a scale of y scales slope and interval", () => {
  const ys = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(
      ys,
      fc.integer({ min: -100, max: 100 }),
      fc.integer({ min: 1, max: 9 }),
      (ys, shift, scale) => {
        const plain = theilSen(pointsOf(ys));
        const moved = theilSen(pointsOf(ys.map((y) => y * scale + shift)));
        for (const key of ["slope", "low", "high"] as const) {
          expect(moved?.[key]).toBeCloseTo((plain?.[key] ?? Number.NaN) * scale, 6);
        }
      },
    ),
  );
});

test("the slope lies within its interval, and a wider confidence within a wider one", () => {
  const ys = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 3, maxLength: 40 });
  fc.assert(
    fc.property(ys, (ys) => {
      const narrow = theilSen(pointsOf(ys), 0.9);
      const wide = theilSen(pointsOf(ys), 0.99);
      if (!narrow || !wide) throw new Error("a line was expected");
      expect(wide.low).toBeLessThanOrEqual(narrow.low);
      expect(wide.high).toBeGreaterThanOrEqual(narrow.high);
      expect(wide.high).toBeGreaterThanOrEqual(wide.slope);
    }),
  );
});

test("backwards the slope and its interval turn", () => {
  const ys = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 40 });
  fc.assert(
    fc.property(ys, (ys) => {
      const plain = theilSen(pointsOf(ys));
      const turned = theilSen(pointsOf(ys.map((y) => -y)));
      const backwards = theilSen(pointsOf(ys.toReversed()));
      expect(backwards?.slope).toBeCloseTo(-(plain?.slope ?? Number.NaN), 9);
      for (const key of ["slope", "low", "high"] as const) {
        expect(backwards?.[key]).toBeCloseTo(turned?.[key] ?? Number.NaN, 9);
      }
    }),
  );
});

test("infinite points are refused", () => {
  const points = pointsOf([1, 2, Number.POSITIVE_INFINITY]);
  expect(() => theilSen(points)).toThrow(new RangeError("y[2] is Infinity"));
});

describe("past 2,000 points", () => {
  const noise = normal(21);
  const line = Array.from({ length: 20_000 }, (_, x) => ({ x, y: 5 + 0.01 * x + noise() }));

  test("the line of the block medians is that of the points", () => {
    const got = theilSen(line, 0.99);
    expect(got?.low).toBeLessThan(0.01);
    expect(got?.high).toBeGreaterThan(0.01);
    expect((got?.high ?? 1) - (got?.low ?? 0)).toBeLessThan(2e-5);
  });
  test("outliers and the order of the points do not matter", () => {
    const spoiled = line.map(({ x, y }) => ({ x, y: x % 5 === 0 ? 1e6 : y }));
    expect(theilSen(spoiled)?.slope).toBeCloseTo(0.01, 4);
    expect(theilSen(line.toReversed())).toEqual(theilSen(line));
  });
  test("blocks are of neighbours in x, all points are in one, and up to the limit nothing changes", () => {
    const few = line.slice(0, 10).toReversed();
    expect(blockMedians(few, 10)).toBe(few);
    expect(blockMedians(few, 4).map(({ x }) => x)).toEqual([1, 4, 7, 9]);
    expect(blockMedians([], 4)).toEqual([]);
  });
});
