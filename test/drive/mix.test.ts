import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mixOf, shares } from "../../src/drive/mix.js";
import { seeded } from "../../src/drive/random.js";

const weights = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 8 });
const weighted = (numbers: readonly number[]): { weight: number }[] => numbers.map((weight) => ({ weight }));

describe("shares", () => {
  it.each([
    { weights: [1], count: 7, want: [7] },
    { weights: [3, 1], count: 8, want: [6, 2] },
    { weights: [1, 1, 1], count: 10, want: [4, 3, 3] },
    { weights: [98, 1, 1], count: 50, want: [48, 1, 1] },
    { weights: [1, 0], count: 5, want: [5, 0] },
    { weights: [0], count: 5, want: [0] },
    { weights: [1, 1, 1], count: 2, want: [1, 1, 0] },
  ])("$weights of $count is $want", ({ weights, count, want }) => {
    expect(shares(weighted(weights), count)).toEqual(want);
  });

  it("add up, leave nobody out, and are within one of the quota where that leaves nobody out", () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 500 }), (numbers, count) => {
        const got = shares(weighted(numbers), count);
        const total = numbers.reduce((sum, n) => sum + n, 0);
        expect(got.reduce((sum, n) => sum + n, 0)).toBe(count);
        if (count >= numbers.length) expect(Math.min(...got)).toBeGreaterThan(0);
        const quotas = numbers.map((n) => (n * count) / total);
        if (Math.min(...quotas) < 1) return;
        for (const [i, quota] of quotas.entries()) expect(Math.abs((got[i] ?? 0) - quota)).toBeLessThan(1);
      }),
    );
  });
});

describe("the mix", () => {
  it("has each flow as often as is given, in an order that the seed draws", () => {
    const flows = ["a", "b", "c"];
    const names = (seed: number): string => mixOf(flows, [20, 12, 8], seeded(seed)).join("");
    const sorted = (text: string): string => text.split("").toSorted().join("");
    expect(sorted(names(1))).toBe("a".repeat(20) + "b".repeat(12) + "c".repeat(8));
    expect(sorted(names(2))).toBe(sorted(names(1)));
    expect(names(2)).not.toBe(names(1));
    expect(names(1)).toBe(names(1));
  });
});
