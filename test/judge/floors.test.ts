import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { floorsOf } from "../../src/judge/floors.js";
import type { SeriesPoint } from "../../src/model/series.js";

function points(values: readonly number[]): SeriesPoint[] {
  return values.map((value, index) => ({ operations: 10 * (index + 1), atMs: 1000 * (index + 1), value }));
}

describe("floorsOf", () => {
  test("below 48 points every point stands for itself", () => {
    const given = points(Array.from({ length: 47 }, (_, index) => 47 - index));
    expect(floorsOf(given)).toEqual({ points: given, restarts: [] });
    expect(floorsOf([])).toEqual({ points: [], restarts: [] });
    expect(floorsOf(points([5]))).toEqual({ points: points([5]), restarts: [] });
  });

  test("of each two of 48 points the lower stays, where it was", () => {
    const given = points(Array.from({ length: 48 }, (_, index) => (index % 2 === 0 ? 100 : 7)));
    const floors = floorsOf(given).points;
    expect(floors).toHaveLength(24);
    expect(floors[0]).toEqual({ operations: 20, atMs: 2000, value: 7 });
    expect(floors.at(-1)).toEqual({ operations: 480, atMs: 48_000, value: 7 });
  });

  test("of two as low the first stays", () => {
    expect(floorsOf(points(Array.from({ length: 48 }, () => 1))).points[0]?.operations).toBe(10);
  });

  test("every point is in a window, and windows differ in size by one at most", () => {
    for (let length = 48; length < 200; length++) {
      const falling = points(Array.from({ length }, (_, index) => length - index));
      const ends = floorsOf(falling).points.map(({ operations }) => operations / 10);
      const sizes = ends.map((end, index) => end - (ends[index - 1] ?? 0));
      expect(ends.at(-1)).toBe(length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }
  });

  test("a sawtooth above a floor is flat", () => {
    const given = points(Array.from({ length: 240 }, (_, index) => 50 + 3 * (index % 8)));
    expect(new Set(floorsOf(given).points.map(({ value }) => value))).toEqual(new Set([50]));
  });

  test("no window reaches over a restart, and the restart is where the new process begins", () => {
    const given = points(Array.from({ length: 96 }, (_, index) => (index < 50 ? 1000 : 1)));
    const floors = floorsOf(given, [50]);
    const [at = -1] = floors.restarts;
    expect(floors.points.slice(0, at).every(({ value }) => value === 1000)).toBe(true);
    expect(floors.points.slice(at).every(({ value }) => value === 1)).toBe(true);
    expect(floors.points[at]?.operations).toBe(510);
  });

  test("restarts before the first and after the last point stay there", () => {
    const floors = floorsOf(points(Array.from({ length: 96 }, () => 1)), [0, 96]);
    expect(floors.points).toHaveLength(24);
    expect(floors.restarts).toEqual([0, 24]);
  });
});

test("of any points: in order, at least as many as asked for, all taken from them, the lowest among them", () => {
  const values = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(values, fc.array(fc.nat({ max: 299 }), { maxLength: 4 }), (numbers, marks) => {
      const given = points(numbers);
      const restarts = [...new Set(marks.filter((mark) => mark < numbers.length))].sort((a, b) => a - b);
      const floors = floorsOf(given, restarts);
      const lowest = floors.points;
      expect(lowest.length).toBeGreaterThanOrEqual(Math.min(24, numbers.length));
      expect(lowest.every((point) => given.includes(point))).toBe(true);
      expect(lowest).toEqual(lowest.toSorted((a, b) => a.operations - b.operations));
      expect(Math.min(...lowest.map(({ value }) => value))).toBe(Math.min(...numbers));
      expect(floors.restarts).toHaveLength(restarts.length);
    }),
  );
});
