import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mad, normalMadFactor } from "../../src/stats/mad.js";
import { normalQuantile } from "../../src/stats/normal-quantile.js";
import { quantile } from "../../src/stats/quantile.js";
import { select } from "../../src/stats/select.js";

const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 60 });
const scale = fc.integer({ min: 1, max: 9 });
const shift = fc.integer({ min: -99, max: 99 });

describe("quantile", () => {
  // The values of numpy.quantile, whose default is type 7 too.
  test.each([
    [[1, 2, 3, 4], 0.25, 1.75],
    [[4, 1, 3, 2], 0.9, 3.7],
    [[1, 2, 3, 4, 5], 0.5, 3],
    [[10, 20], 0.3, 13],
    [[7], 0.1, 7],
    [[3, 3, 3], 0.77, 3],
  ])("%j at %s is %s", (values, share, wanted) => expect(quantile(values, share)).toBeCloseTo(wanted, 12));
  test("of no values there is none", () => expect(quantile([], 0.5)).toBeUndefined());
  test("0 is the least, 1 the greatest, and it rises between; it moves and scales with the values", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const some = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(some, share, fc.record({ scale, shift }), (values, share, { scale, shift }) => {
        const at = quantile(values, share) ?? Number.NaN;
        expect(quantile(values, 0)).toBe(Math.min(...values));
        expect(quantile(values, 1)).toBe(Math.max(...values));
        expect(quantile(values, share / 2)).toBeLessThanOrEqual(at);
        expect(quantile(values.toReversed(), share)).toBe(at);
        const moved = values.map((value) => value * scale + shift);
        expect(quantile(moved, share)).toBeCloseTo(at * scale + shift, 8);
        const turned = values.map((value) => -value);
        expect(quantile(turned, 1 - share)).toBeCloseTo(-at, 8);
      }),
    );
  });
  test("infinite values stay, NaN and other shares are refused", () => {
    const infinite = [1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    expect(quantile(infinite, 0.75)).toBe(Number.POSITIVE_INFINITY);
    expect(() => quantile([Number.NaN], 0.5)).toThrow(new RangeError("values[0] is NaN"));
    expect(() => quantile([1], 1.1)).toThrow(RangeError);
    expect(() => quantile([1], Number.NaN)).toThrow(RangeError);
  });
});

describe("the median absolute deviation", () => {
  test.each([
    [[], undefined],
    [[7], 0],
    [[1, 3], 1],
    [[5, 5, 5, 5], 0],
    [[1, 1, 2, 2, 4, 6, 9], 1],
    [[0, 0, 0, 1e9, 1], 0],
  ])("of %j is %s", (values, wanted) => expect(mad(values)).toBe(wanted));
  test("does not move with the values, scales with them, and their order and sign are all the same", () => {
    fc.assert(
      fc.property(numbers, scale, shift, (values, scale, shift) => {
        const plain = mad(values);
        const moved = mad(values.map((value) => shift - value * scale).toReversed());
        expect(moved).toBe(plain === undefined ? undefined : plain * scale);
      }),
    );
  });
  test("the factor makes it the standard deviation of normal noise", () => {
    expect(normalMadFactor).toBeCloseTo(1 / normalQuantile(0.75), 14);
    const noise = Array.from({ length: 9999 }, (_, i) => 3 * normalQuantile((i + 1) / 10_000));
    expect((mad(noise) ?? 0) * normalMadFactor).toBeCloseTo(3, 2);
  });
  test("NaN is refused", () => expect(() => mad([Number.NaN])).toThrow(RangeError));
});

test("selecting finds what sorting finds, and splits the values there", () => {
  const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ noNaN: true })), {
    minLength: 1,
    maxLength: 200,
  });
  fc.assert(
    fc.property(values, fc.nat(), (values, any) => {
      const rank = any % values.length;
      const sorted = Float64Array.from(values).sort();
      const split = Float64Array.from(values);
      const found = select(split, rank) ?? Number.NaN;
      // −0 and 0 are the same number, in any order.
      expect(found === sorted[rank]).toBe(true);
      expect(split.subarray(0, rank).every((value) => value <= found)).toBe(true);
      expect(split.subarray(rank).every((value) => value >= found)).toBe(true);
    }),
  );
  expect(select(new Float64Array(0), 0)).toBeUndefined();
  expect(select(Float64Array.of(1), 1)).toBeUndefined();
});
