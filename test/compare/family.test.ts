import { describe, expect, it } from "vitest";
import { countAlpha, familyAlpha, memoryAlpha } from "../../src/compare/family.js";

const of = (...chances: number[]) => countAlpha(chances.map((leastChance) => ({ leastChance })));

describe("the share of error", () => {
  it("is whole for the only resource that could be told", () => {
    expect(of(0.000_01, 1, 1, 1, 1)).toBeCloseTo(0.009, 12);
  });

  it("is divided by those that could be told at it, no more", () => {
    expect(of(0.000_01, 0.000_01, 0.000_01, 1, 1)).toBeCloseTo(0.003, 12);
    expect(of(0.000_01, 0.008, 1)).toBeCloseTo(0.0045, 12);
    expect(of(0.008, 0.008, 0.008)).toBeCloseTo(0.0045, 12);
  });

  it("over everything stays within that of the whole", () => {
    for (const count of [1, 2, 5, 40]) {
      const counts = Array.from({ length: count }, () => 1e-9);
      expect(count * of(...counts) + count * memoryAlpha(count)).toBeLessThanOrEqual(familyAlpha + 1e-12);
    }
  });

  it("is there even for nothing", () => {
    expect(of()).toBeGreaterThan(0);
    expect(memoryAlpha(0)).toBeGreaterThan(0);
  });
});
