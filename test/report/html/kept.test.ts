import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keptIndices } from "../../../src/report/html/kept.js";

const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 300 });
const most = fc.integer({ min: 4, max: 60 });

describe("which points are drawn", () => {
  it("all of them, as long as they fit", () => {
    expect(keptIndices([5, 3, 9], 4)).toEqual([0, 1, 2]);
  });

  it("the least and the most of each span, the first and the last", () => {
    const level = (index: number) => (index === 40 ? 99 : index === 70 ? -99 : 0);
    const kept = keptIndices(
      Array.from({ length: 101 }, (_, index) => level(index)),
      10,
    );
    expect(kept).toEqual(expect.arrayContaining([0, 40, 70, 100]));
    expect(kept.length).toBeLessThanOrEqual(10);
  });

  it("never more than asked for, in order, and each once", () => {
    fc.assert(
      fc.property(values, most, (given, bound) => {
        const kept = keptIndices(given, bound);
        expect(kept.length).toBeLessThanOrEqual(Math.max(bound, 0));
        expect(kept).toEqual([...new Set(kept)].toSorted((a, b) => a - b));
      }),
    );
  });

  it("no peak and no trough is lost, and neither end", () => {
    fc.assert(
      fc.property(values, most, (given, bound) => {
        const kept = keptIndices(given, bound);
        const shown = kept.map((index) => given[index] ?? Number.NaN);
        expect(Math.max(...shown)).toBe(Math.max(...given));
        expect(Math.min(...shown)).toBe(Math.min(...given));
        expect([kept[0], kept.at(-1)]).toEqual([0, given.length - 1]);
      }),
    );
  });
});
