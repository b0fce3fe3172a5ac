import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { autocorrelation } from "../../src/stats/autocorrelation.js";
import { autocovariance } from "../../src/stats/autocovariance.js";
import { effectiveSize } from "../../src/stats/effective-size.js";
import { meanVariance } from "../../src/stats/mean-variance.js";
import { normal, remembering } from "./noise.js";

const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 60 });

describe("autocorrelation", () => {
  // As statsmodels.tsa.stattools.acf has it.
  test.each([
    [[1, 2, 3, 4, 5], 0.4],
    [[1, -1, 1, -1], -0.75],
    [[1, 4, 2, 8, 5, 7], -0.07333333333333333],
  ])("of %j is %s", (values, wanted) => expect(autocorrelation(values)).toBeCloseTo(wanted, 9));
  test.each([[[]], [[1]], [[0.1, 0.1, 0.1]]])("%j has none", (values) => {
    expect(autocorrelation(values)).toBeUndefined();
  });
  test("lies between −1 and 1; a shift, a scale and the direction are all the same", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 9 }), (values, scale) => {
        const plain = autocorrelation(values);
        const moved = autocorrelation(values.map((value) => 7 - scale * value).toReversed());
        if (plain === undefined) expect(moved).toBeUndefined();
        else {
          expect(Math.abs(plain)).toBeLessThanOrEqual(1);
          expect(moved).toBeCloseTo(plain, 9);
        }
      }),
    );
  });
  test("the covariance at lag 0 is the variance, and past the end it is 0", () => {
    expect(autocovariance([1, 2, 3, 4])(0)).toBe(1.25);
    expect(autocovariance([1, 2, 3, 4])(4)).toBe(0);
    expect(autocovariance([])(0)).toBe(0);
  });
});

/** What is found on average over 300 sequences, times their length. */
function meanRatio(source: (seed: number) => () => number, count: number): number {
  const found = Array.from({ length: 300 }, (_, index) => {
    const next = source(1000 + 77 * index);
    return (meanVariance(Array.from({ length: count }, next)) ?? 0) * count;
  });
  return found.reduce((sum, variance) => sum + variance, 0) / found.length;
}

describe("the variance of a mean", () => {
  test.each([
    [-0.5, 400, 0.85, 1.15],
    [0, 20, 0.9, 1.1],
    [0, 400, 0.9, 1.1],
    [0.5, 400, 0.9, 1.2],
    [0.8, 60, 1, 1.6],
    [0.9, 400, 0.9, 1.2],
  ])("of noise that keeps %s, %s values, is %s to %s of the truth", (...[rho, count, least, most]) => {
    const ratio = meanRatio((seed) => remembering(seed, rho), count) * (1 - rho) ** 2;
    expect(ratio).toBeGreaterThan(least);
    expect(ratio).toBeLessThan(most);
  });
  test("of noise that each value shares with the next alone is not far off", () => {
    const shared = (seed: number) => {
      const next = normal(seed);
      let before = next();
      return () => {
        const now = next();
        const value = now + 0.8 * before;
        before = now;
        return value;
      };
    };
    const ratio = meanRatio(shared, 400) / 1.8 ** 2;
    expect(ratio).toBeGreaterThan(1);
    expect(ratio).toBeLessThan(1.4);
  });
  test("does not move with the values and scales with their square, in either direction of time", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 9 }), (values, scale) => {
        const plain = meanVariance(values) ?? Number.NaN;
        const moved = meanVariance(values.map((value) => 5 - scale * value)) ?? Number.NaN;
        expect(plain).toBeGreaterThanOrEqual(0);
        expect(moved / scale ** 2).toBeCloseTo(plain, 6);
      }),
    );
  });
  test("of a constant is 0, and of fewer than two values unknown", () => {
    expect(meanVariance([0.1, 0.1, 0.1, 0.1, 0.1, 0.1])).toBe(0);
    expect(meanVariance([1, 3])).toBe(1);
    expect(meanVariance([])).toBeUndefined();
    expect(meanVariance([1])).toBeUndefined();
  });
  test.each([Number.NaN, Number.NEGATIVE_INFINITY])("%s is refused", (value) => {
    const refusal = new RangeError(`values[1] is ${value}`);
    expect(() => meanVariance([1, value, 2])).toThrow(refusal);
    expect(() => autocorrelation([1, value, 2])).toThrow(refusal);
    expect(() => effectiveSize([1, value, 2])).toThrow(refusal);
  });
});

describe("the effective size", () => {
  test.each([
    [0, 400],
    [0.5, 133],
    [0.9, 21],
  ])("of 400 values that keep %s is about %s", (rho, wanted) => {
    const sizes = Array.from({ length: 50 }, (_, seed) => {
      const next = remembering(99 + 13 * seed, rho);
      return effectiveSize(Array.from({ length: 400 }, next));
    });
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    expect(mean / wanted).toBeGreaterThan(0.8);
    expect(mean / wanted).toBeLessThan(1.25);
  });
  test.each([[[]], [[1]], [[4, 4, 4]]])("of %j is their number", (values) => {
    expect(effectiveSize(values)).toBe(values.length);
  });
});
