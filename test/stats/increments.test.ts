import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dispersionOf, type Increment, requireIncrements, sums } from "../../src/stats/increments.js";
import { poisson } from "./noise.js";

function every(length: number, units: (index: number) => number): Increment[] {
  return Array.from({ length }, (_, index) => ({ from: index, to: index + 1, units: units(index) }));
}

const some = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 40 });

describe("the sums of increments", () => {
  test.each([
    [[], { units: 0, length: 0 }],
    [[{ from: 5, to: 7, units: 3 }], { units: 3, length: 2 }],
    // A stretch that was not looked at does not count.
    [
      [
        { from: 0, to: 1, units: 4 },
        { from: 9, to: 10, units: 1 },
      ],
      { units: 5, length: 2 },
    ],
  ])("of %j", (increments, wanted) => expect(sums(increments)).toEqual(wanted));
});

describe("the dispersion", () => {
  test.each([0.5, 3, 40])("of a Poisson process with a mean of %s is about 1", (mean) => {
    const next = poisson(77);
    const dispersion = dispersionOf(every(2000, () => next(mean)));
    expect(dispersion).toBeGreaterThan(0.9);
    expect(dispersion).toBeLessThan(1.1);
  });
  test.each([2, 5, 30])("of clumps of %s is about that", (clump) => {
    const next = poisson(78);
    const dispersion = dispersionOf(every(2000, () => clump * next(1)));
    expect(dispersion / clump).toBeGreaterThan(0.9);
    expect(dispersion / clump).toBeLessThan(1.1);
  });
  test("of units that follow the length is 0", () => {
    expect(dispersionOf(every(20, () => 7))).toBe(0);
    const uneven = [1, 2, 5, 0.5].map((length) => ({ from: 10, to: 10 + length, units: 4 * length }));
    expect(dispersionOf(uneven)).toBeCloseTo(0, 12);
  });
  test("by hand", () => {
    expect(dispersionOf(every(3, (index) => index))).toBe(1);
    expect(
      dispersionOf([
        { from: 0, to: 1, units: 6 },
        { from: 1, to: 3, units: 0 },
      ]),
    ).toBe(12);
  });
  test("grows with the size of the units, and not with the unit of x or the order", () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 2, max: 9 }), (units, factor) => {
        const plain = dispersionOf(every(units.length, (index) => units[index] ?? 0));
        const larger = every(units.length, (index) => factor * (units[index] ?? 0));
        fc.pre(units.some((value) => value > 0));
        expect(dispersionOf(larger)).toBeCloseTo(factor * plain, 6);
        const longer = larger.map(({ from, to, units }) => ({
          from: 8 * from,
          to: 8 * to,
          units: units / factor,
        }));
        expect(dispersionOf(longer.toReversed())).toBeCloseTo(plain, 6);
      }),
    );
  });
  test.each([
    ["nothing", []],
    ["one", every(1, () => 9)],
    ["no units", every(5, () => 0)],
  ])("of %s is 1: not known", (_, increments) => expect(dispersionOf(increments)).toBe(1));
});

describe("what is no increment is refused", () => {
  const good = { from: 1, to: 2, units: 3 };
  test.each([
    [{ ...good, units: Number.NaN }, "increment 1 is NaN from 1 to 2"],
    [{ ...good, from: Number.NaN }, "increment 1 is 3 from NaN to 2"],
    [{ ...good, to: Number.POSITIVE_INFINITY }, "increment 1 is 3 from 1 to Infinity"],
    [{ ...good, units: -1 }, "increment 1 is -1 from 1 to 2"],
    [{ ...good, to: 0 }, "increment 1 is 3 from 1 to 0"],
  ])("%j", (bad, message) => {
    expect(() => requireIncrements([good, bad])).toThrow(new RangeError(message));
  });
  test.each([[[]], [[good]], [[{ from: 1, to: 1, units: 0 }]]])("not %j", (increments) => {
    expect(() => requireIncrements(increments)).not.toThrow();
  });
});
