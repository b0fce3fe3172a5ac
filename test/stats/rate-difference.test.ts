import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { poissonInterval } from "../../src/stats/poisson-interval.js";
import {
  rateDifferenceChance,
  rateDifferenceInterval,
  type TwoCounts,
} from "../../src/stats/rate-difference.js";

function counts(before: number, after: number, exposure = 150): TwoCounts {
  return { before: { count: before, exposure }, after: { count: after, exposure } };
}

/** The chance of a count at a mean. */
function poisson(count: number, mean: number): number {
  let log = -mean;
  for (let k = 1; k <= count; k++) log += Math.log(mean / k);
  return Math.exp(log);
}

/** How often a test at `alpha` tells of a rise where both have the same mean. */
function sizeAt(mean: number, alpha: number): number {
  let size = 0;
  let least = 0;
  for (let before = 0; poisson(before, mean) > 1e-9 || before < mean; before++) {
    while (rateDifferenceChance(counts(before, least)) > alpha) least++;
    let below = 0;
    for (let after = 0; after < least; after++) below += poisson(after, mean);
    size += poisson(before, mean) * (1 - below);
  }
  return size;
}

describe("rateDifferenceChance", () => {
  it("of nothing at all is certain", () => {
    expect(rateDifferenceChance(counts(0, 0))).toBe(1);
  });

  it("of 7 against 0 is about the worst chance of that at any common rate", () => {
    // exp(-m) · P(X ≥ 7) is greatest at m = 3.94: 0.00203; outcomes as far, such as 1 and 11, add a little.
    expect(rateDifferenceChance(counts(0, 7))).toBeGreaterThan(0.002);
    expect(rateDifferenceChance(counts(0, 7))).toBeLessThan(0.0023);
  });

  it.each([0.5, 1, 2, 4, 8, 16, 30])("is as rarely wrong as it says at a common mean of %d", (mean) => {
    for (const alpha of [0.01, 0.0045, 0.001])
      expect(sizeAt(mean, alpha), String(alpha)).toBeLessThanOrEqual(1.06 * alpha);
  });

  it("is turned round by exchanging the builds and the sign", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 40 }),
        fc.nat({ max: 40 }),
        fc.double({ min: -0.1, max: 0.1, noNaN: true }),
        (before, after, rise) => {
          const fall = rateDifferenceChance(counts(after, before), -rise);
          const chance = rateDifferenceChance(counts(before, after), rise);
          // Either as much as was seen, or more, or as much, or less: one of them is at least a half.
          expect(chance + fall).toBeGreaterThanOrEqual(0.99);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("goes over into the normal of many counts without a step", () => {
    const [few, many] = [counts(180, 220), counts(180.2, 220.2)].map((one) => rateDifferenceChance(one));
    expect(Math.abs((few ?? 0) / (many ?? 1) - 1)).toBeLessThan(0.05);
  });
});

describe("rateDifferenceInterval", () => {
  it("has an end at which the chance is the tail", () => {
    const { low, high } = rateDifferenceInterval(counts(3, 12), 0.025);
    expect(rateDifferenceChance(counts(3, 12), low)).toBeCloseTo(0.025, 3);
    expect(rateDifferenceChance(counts(12, 3), -high)).toBeCloseTo(0.025, 3);
    expect(low).toBeLessThan(9 / 150);
    expect(high).toBeGreaterThan(9 / 150);
  });

  it("of nothing on either side is the exact bound of each", () => {
    const { high } = poissonInterval(0);
    const found = rateDifferenceInterval(counts(0, 0), 0.025);
    expect(found.high).toBeCloseTo(high / 150, 6);
    expect(found.low).toBeCloseTo(-high / 150, 6);
  });
});
