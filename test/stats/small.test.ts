import * as fc from "fast-check";
import { expect, test } from "vitest";
import { median } from "../../src/stats/median.js";
import { normalQuantile } from "../../src/stats/normal-quantile.js";

test.each<[number[], number | undefined]>([
  [[], undefined],
  [[7], 7],
  [[1, 2], 1.5],
  [[3, 1, 2], 2],
  [[10, 1, 2, 3], 2.5],
  [[Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY], Number.POSITIVE_INFINITY],
])("the median of %j is %s", (values, wanted) => {
  expect(median(values)).toBe(wanted);
});

test("the median refuses NaN, and leaves its argument as it was", () => {
  expect(() => median([1, Number.NaN])).toThrow(new RangeError("values[1] is NaN"));
  const values = Object.freeze([3, 1, 2]);
  expect(median(values)).toBe(2);
});

// Published values: the tables of the normal distribution, and AS 241's own test values.
test.each([
  [0.5, 0],
  [0.25, -0.6744897501960817],
  [0.001, -3.090232306167813],
  [1e-20, -9.26234008979841],
  [0.975, 1.959963984540054],
  [0.995, 2.5758293035489004],
  [0.8413447460685429, 1],
])("the normal quantile of %s is %s", (probability, wanted) => {
  expect(normalQuantile(probability)).toBeCloseTo(wanted, 11);
});

test("the normal quantile is odd around one half, and rises", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 0.4999, noNaN: true }), (p) => {
      expect(normalQuantile(1 - p)).toBeCloseTo(-normalQuantile(p), 8);
      expect(normalQuantile(p)).toBeLessThan(normalQuantile(p + 1e-6));
    }),
  );
});

test.each([0, 1, -0.1, 2, Number.NaN])("a probability of %s is refused", (probability) => {
  expect(() => normalQuantile(probability)).toThrow(RangeError);
});
