import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Design } from "../../src/drive/design.js";
import { shares } from "../../src/drive/mix.js";

const weighted = (numbers: readonly number[]): { weight: number }[] => numbers.map((weight) => ({ weight }));
const weights = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 16 });
const seeds = fc.integer({ min: 0, max: 1000 });

function batches(numbers: readonly number[], seed: number, { count, size }: { count: number; size: number }) {
  const design = new Design(weighted(numbers), seed);
  return Array.from({ length: count }, (_, index) => design.counts(index + 1, size));
}

function totals(rows: readonly (readonly number[])[]): number[] {
  return (rows[0] ?? []).map((_, flow) => rows.reduce((sum, row) => sum + (row[flow] ?? 0), 0));
}

describe("the mixes of the batches", () => {
  it("add up to the operations, and leave no flow out", () => {
    fc.assert(
      fc.property(weights, seeds, fc.integer({ min: 1, max: 200 }), (numbers, seed, size) => {
        for (const row of batches(numbers, seed, { count: 12, size })) {
          expect(row.reduce((sum, n) => sum + n, 0)).toBe(size);
          expect(Math.min(...row)).toBeGreaterThanOrEqual(size >= numbers.length ? 1 : 0);
        }
      }),
    );
  });

  it("come to the shares in every two batches", () => {
    fc.assert(
      fc.property(weights, seeds, fc.integer({ min: 1, max: 200 }), (numbers, seed, size) => {
        const rows = batches(numbers, seed, { count: 140, size });
        const even = shares(weighted(numbers), size).map((n) => 2 * n);
        for (let at = 0; at < rows.length; at += 2) expect(totals(rows.slice(at, at + 2))).toEqual(even);
      }),
      { numRuns: 20 },
    );
  });

  it("go by half of a share at first, and by three quarters later", () => {
    const rows = batches([1, 1, 1, 1], 1, { count: 20, size: 80 });
    expect(new Set(rows.slice(0, 8).flat())).toEqual(new Set([10, 30]));
    expect(new Set(rows.slice(8).flat())).toEqual(new Set([5, 35]));
  });

  it("depend on nothing but seed, number and size", () => {
    const one = new Design(weighted([3, 2, 1]), 7);
    const rows = batches([3, 2, 1], 7, { count: 9, size: 30 });
    expect(one.counts(9, 30)).toEqual(rows[8]);
    expect(one.counts(2, 30)).toEqual(rows[1]);
    expect(batches([3, 2, 1], 8, { count: 9, size: 30 })).not.toEqual(rows);
  });

  it("keep to the shares where there is one flow, and in the warm-up", () => {
    expect(batches([1], 1, { count: 3, size: 10 })).toEqual([[10], [10], [10]]);
    expect(new Design(weighted([3, 1]), 1).counts(0, 40)).toEqual([30, 10]);
    expect(batches([1, 0], 1, { count: 2, size: 10 })).toEqual([
      [10, 0],
      [10, 0],
    ]);
  });

  it.each([2, 3, 6, 8, 12, 24])("tell %i flows apart as soon as there are twice as many batches", (flows) => {
    for (let seed = 1; seed <= 20; seed++) {
      const rows = batches(
        Array.from({ length: flows }, () => 1),
        seed,
        { count: 2 * flows, size: 8 * flows },
      );
      expect(rankOf(rows)).toBe(flows);
    }
  });

  it("hardly have two flows go together", () => {
    const rows = batches([1, 1, 1, 1, 1, 1], 3, { count: 64, size: 48 });
    for (let a = 0; a < 6; a++) {
      for (let b = 0; b < a; b++) {
        const product = rows.reduce((sum, row) => sum + ((row[a] ?? 0) - 8) * ((row[b] ?? 0) - 8), 0);
        const square = rows.reduce((sum, row) => sum + ((row[a] ?? 0) - 8) ** 2, 0);
        // -1/5 is the least that six counts with one sum can have in common.
        expect(Math.abs(product / square + 0.2)).toBeLessThan(0.25);
      }
    }
  });
});

/** By Gram and Schmidt's method: how many rows have something that none before them has. */
function rankOf(rows: readonly (readonly number[])[]): number {
  const base: number[][] = [];
  for (const row of rows) {
    const rest = base.reduce((left, unit) => minus(left, unit, dot(left, unit)), [...row]);
    const length = Math.sqrt(dot(rest, rest));
    if (length > 1e-6) base.push(rest.map((value) => value / length));
  }
  return base.length;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

function minus(a: readonly number[], b: readonly number[], times: number): number[] {
  return a.map((value, index) => value - times * (b[index] ?? 0));
}
