import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Increment } from "../../src/stats/increments.js";
import { lastingRate } from "../../src/stats/lasting-rate.js";
import { poisson } from "./noise.js";

function every(length: number, units: (index: number) => number): Increment[] {
  return Array.from({ length }, (_, index) => ({ from: index, to: index + 1, units: units(index) }));
}

/** What falls into each of 60 increments: a pool of 150 that fills with a time constant of 5, and a rate. */
const pool = (index: number) => 150 * (Math.exp(-index / 5) - Math.exp(-(index + 1) / 5));

describe("a rate that lasts", () => {
  test.each([0.5, 3, 20])("is found, alone: %s", (rate) => {
    const next = poisson(11);
    const found = lastingRate(every(60, () => next(rate)));
    expect(found.lower(3)).toBeLessThan(rate);
    expect(found.upper(3)).toBeGreaterThan(rate);
    expect(found.z).toBeGreaterThan(4);
    expect(found.dispersion).toBeCloseTo(1, 0);
    expect(found.fadingGain).toBeLessThan(4);
  });
  test("is found beside a pool that fills", () => {
    const next = poisson(12);
    const found = lastingRate(every(60, (index) => next(pool(index) + 2)));
    expect(Math.abs(found.rate - 2)).toBeLessThan(0.6);
    expect(found.z).toBeGreaterThan(4);
    expect(found.fadingGain).toBeGreaterThan(50);
  });
  test("is none where all dies away", () => {
    const next = poisson(13);
    const found = lastingRate(every(60, (index) => next(pool(index))));
    expect(found.rate).toBeLessThan(0.1);
    expect(found.z).toBeLessThan(2);
    expect(found.lower(1.96)).toBe(0);
    expect(found.upper(1.96)).toBeLessThan(0.3);
  });
  test("does not see the noise of a pool without any", () => {
    const found = lastingRate(every(40, pool));
    expect(found.rate).toBeLessThan(1e-3);
    expect(found.z).toBeLessThan(0.1);
  });
  test("of increments that are all alike is theirs, and sure", () => {
    const found = lastingRate(every(40, () => 2));
    expect(found.rate).toBeCloseTo(2, 6);
    expect(found.z).toBeGreaterThan(20);
    expect(found.lower(1.96)).toBeGreaterThan(1.5);
    expect(found.upper(1.96)).toBeLessThan(2.5);
  });
  test("clumps make it less sure than single events", () => {
    const [one, other] = [poisson(14), poisson(14)];
    const single = lastingRate(every(60, () => one(10)));
    const clumps = lastingRate(every(60, () => 10 * other(1)));
    expect(clumps.dispersion / single.dispersion).toBeGreaterThan(5);
    expect(clumps.z).toBeLessThan(single.z / 2);
  });
});

describe("the interval", () => {
  const series = 200;
  // Both ends are 1.96 standard errors away: 95% if the likelihood were a parabola.
  test.each<[string, (index: number) => number, number]>([
    ["a rate alone", () => 3, 3],
    ["rare events", () => 0.3, 0.3],
    ["a pool", pool, 0],
    ["a pool and a rate", (index) => pool(index) + 2, 2],
  ])("covers the truth: %s", (_, mean, truth) => {
    const next = poisson(12_345);
    const covered = Array.from({ length: series }, () => {
      const found = lastingRate(every(40, (index) => next(mean(index))));
      return found.lower(1.96) <= truth && truth <= found.upper(1.96);
    }).filter(Boolean).length;
    expect(covered / series).toBeGreaterThanOrEqual(0.9);
    expect(covered / series).toBeLessThanOrEqual(0.99);
  });
  test("holds the rate, and widens with z", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 3, maxLength: 40 }),
        fc.double({ min: 0.1, max: 4, noNaN: true }),
        (units, z) => {
          const found = lastingRate(every(units.length, (index) => units[index] ?? 0));
          const slack = 1e-6 * (1 + found.upper(z));
          expect(found.lower(z)).toBeGreaterThanOrEqual(0);
          expect(found.lower(z)).toBeLessThanOrEqual(found.rate + slack);
          expect(found.rate).toBeLessThanOrEqual(found.upper(z) + slack);
          expect(found.lower(z + 0.5)).toBeLessThanOrEqual(found.lower(z) + slack);
          expect(found.upper(z)).toBeLessThanOrEqual(found.upper(z + 0.5) + slack);
          if (found.z < z) expect(found.lower(z)).toBe(0);
        },
      ),
      { numRuns: 50 },
    );
  });
  test("follows the unit and the start of x", () => {
    const next = poisson(15);
    const plain = every(50, (index) => next(pool(index) + 1));
    const moved = plain.map(({ from, to, units }) => ({ from: 512 + 8 * from, to: 512 + 8 * to, units }));
    const [one, other] = [lastingRate(plain), lastingRate(moved)];
    expect(8 * other.rate).toBeCloseTo(one.rate, 6);
    expect(other.z).toBeCloseTo(one.z, 6);
    expect(other.dispersion).toBeCloseTo(one.dispersion, 6);
    expect(8 * other.lower(2)).toBeCloseTo(one.lower(2), 5);
    expect(8 * other.upper(2)).toBeCloseTo(one.upper(2), 5);
  });
});

describe("next to nothing", () => {
  test.each([
    ["nothing at all", []],
    ["one increment without a unit", every(1, () => 0)],
    ["no units", every(30, () => 0)],
    ["one unit, at first", every(40, (index) => (index === 0 ? 1 : 0))],
  ])("has no rate: %s", (_, increments) => {
    const found = lastingRate(increments);
    expect([found.rate, found.z, found.lower(1)]).toEqual([0, 0, 0]);
    expect(found.upper(1.96)).toBeGreaterThanOrEqual(0);
  });
  test("one event that is not at first may be a rate of one in all, and its bound is a few", () => {
    const found = lastingRate(every(40, (index) => (index === 20 ? 1 : 0)));
    expect(found.z).toBeLessThan(2.5);
    expect(found.rate).toBeLessThanOrEqual(2 / 40);
    expect(found.upper(1.96)).toBeGreaterThan(1 / 40);
    expect(found.upper(1.96)).toBeLessThan(8 / 40);
  });
  test("what does not count is refused", () => {
    expect(() => lastingRate(every(9, (index) => (index === 4 ? Number.NaN : 1)))).toThrow(
      new RangeError("increment 4 is NaN from 4 to 5"),
    );
    expect(() => lastingRate(every(9, () => -1))).toThrow(RangeError);
  });
});
