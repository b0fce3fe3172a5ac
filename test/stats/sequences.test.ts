import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changePoints } from "../../src/stats/change-points.js";
import { differenceNoise } from "../../src/stats/difference-noise.js";
import { exponentialDecay } from "../../src/stats/exponential-decay.js";
import { goldenSection } from "../../src/stats/golden-section.js";
import { placeOfChange } from "../../src/stats/place-of-change.js";
import { segmentStarts } from "../../src/stats/segment-starts.js";
import { normal } from "./noise.js";

function times<T>(count: number, of: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => of(index));
}

describe("change points", () => {
  test.each([
    [[], []],
    [[3], []],
    [[1, 2], []],
    [[7, 7, 7, 7, 7, 7], []],
    [
      [0, 0, 0, 0, 5, 5, 5, 5, 5, 9, 9, 9],
      [4, 9],
    ],
    [[1e9, 1e9, 1e9, 1e9 + 1, 1e9 + 1, 1e9 + 1], [3]],
    [[0.3, 0.3, 0.1 + 0.2, 0.3, 5, 5, 5, 5], [4]],
    [[0, 0, 0, 0, 9, 0, 0, 0, 0], []],
    [[0, 0, 0, 0, 9, 9, 0, 0, 0, 0], []],
    [
      [0, 0, 0, 0, 9, 9, 9, 0, 0, 0, 0],
      [4, 7],
    ],
    [[0, 0, 0, 0, 0, 0, 9], []],
    [[0, 0, 0, 0, 0, 0, 9, 9], [6]],
  ])("%j changes at %j", (values, wanted) => expect(changePoints(values)).toEqual(wanted));

  test("steps without noise are found exactly, however high and wherever they are", () => {
    const level = fc.tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 1, max: 1000 }));
    fc.assert(
      fc.property(fc.array(level, { minLength: 1, maxLength: 12 }), shifts(), (levels, { scale, shift }) => {
        const heights = levels.map((_, index) =>
          levels.slice(0, index + 1).reduce((sum, [, up]) => sum + up, 0),
        );
        const values = levels.flatMap(([length], index) =>
          times(length, () => (heights[index] ?? 0) * scale + shift),
        );
        const starts = levels.map((_, index) =>
          levels.slice(0, index).reduce((sum, [length]) => sum + length, 0),
        );
        expect(changePoints(values)).toEqual(starts.slice(1));
      }),
    );
  });
  test("a shift, a scale and a change of sign move nothing", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), shifts(), (seed, { scale, shift }) => {
        const noise = normal(seed);
        const values = times(60, (index) => Math.round(8 * (noise() + (index < 25 ? 0 : 5))));
        const found = changePoints(values);
        expect(changePoints(values.map((value) => value * scale + shift))).toEqual(found);
        expect(changePoints(values.map((value) => -value))).toEqual(found);
      }),
      // Always the same ones: of two splits that cost alike, rounding takes one or the other, once in thousands.
      { numRuns: 50, seed: 7 },
    );
  });
  test("backwards they are the same changes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const noise = normal(seed);
        const values = times(60, (index) => noise() + (index < 25 ? 0 : 5));
        const backwards = changePoints(values.toReversed()).map((index) => values.length - index);
        expect(backwards.toReversed()).toEqual(changePoints(values));
      }),
      { numRuns: 50, seed: 7 },
    );
  });
  test("a step of five times the noise is found where it is, and outliers are not", () => {
    const noise = normal(11);
    const values = times(200, (index) => noise() + (index < 120 ? 0 : 5) + (index % 23 === 7 ? 60 : 0));
    const [found, ...more] = changePoints(values);
    expect(more).toEqual([]);
    expect(Math.abs((found ?? 0) - 120)).toBeLessThanOrEqual(1);
  });
  test("pure noise of 100 values is split about once in a hundred", () => {
    const noise = normal(5);
    const split = times(500, () => changePoints(times(100, noise))).filter((found) => found.length > 0);
    expect(split.length).toBeLessThanOrEqual(15);
  });
  test("noise that is known to be larger hides a change", () => {
    expect(changePoints([4, 5, 4, 5, 5, 4, 6, 6, 6, 6, 6, 6])).toEqual([6]);
    expect(changePoints([4, 5, 4, 5, 5, 4, 6, 6, 6, 6, 6, 6], 3)).toEqual([]);
  });
  test("past 2,000 values steps are found where they are, and spikes are not", () => {
    const noise = normal(13);
    const clean = times(20_001, (index) => (index < 7777 ? 0 : index < 15_003 ? 4 : -2));
    expect(changePoints(clean)).toEqual([7777, 15_003]);
    expect(changePoints(clean.toReversed())).toEqual([4998, 12_224]);
    const noisy = clean.map((value, index) => value + noise() + (index % 97 === 0 ? 80 : 0));
    const [first, second, ...more] = changePoints(noisy);
    expect(more).toEqual([]);
    expect(Math.abs((first ?? 0) - 7777)).toBeLessThanOrEqual(3);
    expect(Math.abs((second ?? 0) - 15_003)).toBeLessThanOrEqual(3);
  });
  test("the place of a change is found from anywhere near it", () => {
    fc.assert(
      fc.property(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -50, max: 50 }), (off, height) => {
        const values = times(60, (index) => (index < 30 ? 0 : height));
        if (height !== 0) expect(placeOfChange(values, 30 + off, 10)).toBe(30);
      }),
    );
  });
  test.each([Number.NaN, Number.POSITIVE_INFINITY])("%s is refused", (value) => {
    expect(() => changePoints([1, value])).toThrow(new RangeError(`values[1] is ${value}`));
  });
});

function shifts() {
  return fc.record({
    scale: fc.constantFrom(0.25, 1, 4, 1024),
    shift: fc.constantFrom(-4096, 0, 1024, 1 << 20),
  });
}

describe("the split into level pieces", () => {
  test("costs as little as the best of all splits", () => {
    const values = fc.array(fc.double({ min: 0, max: 8, noNaN: true }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.5, max: 8, noNaN: true }), (values, price) => {
        const found = costOf(values, segmentStarts(values, price), price);
        const best = Math.min(...allSplits(values.length).map((starts) => costOf(values, starts, price)));
        expect(found).toBeCloseTo(best, 6);
      }),
    );
  });
});

function allSplits(length: number): number[][] {
  return times(2 ** (length - 1), (bits) =>
    times(length - 1, (i) => i + 1).filter((i) => (bits >> (i - 1)) & 1),
  );
}

function costOf(values: readonly number[], starts: readonly number[], price: number): number {
  const bounds = [0, ...starts, values.length];
  const pieces = starts.map((_, index) => values.slice(bounds[index + 1], bounds[index + 2]));
  return [values.slice(0, bounds[1]), ...pieces].reduce(
    (sum, piece) => sum + levelCost(piece, price),
    starts.length * price,
  );
}

/** The best level is the mean of some values that are neighbours in size. */
function levelCost(values: readonly number[], cap: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const levels = sorted.flatMap((_, from) =>
    sorted.slice(from).map((_, more) => sorted.slice(from, from + more + 1)),
  );
  const costs = levels.map((some) => {
    const level = some.reduce((sum, value) => sum + value, 0) / some.length;
    return values.reduce((sum, value) => sum + Math.min(cap, (value - level) ** 2), 0);
  });
  return Math.min(...costs);
}

describe("noise from differences", () => {
  test("is the standard deviation of normal noise, steps and spikes or not", () => {
    const noise = normal(3);
    const values = times(
      5000,
      (index) => 2 * noise() + (index < 2000 ? 0 : 900) + (index % 50 === 0 ? 500 : 0),
    );
    expect(differenceNoise(values)).toBeGreaterThan(1.9);
    expect(differenceNoise(values)).toBeLessThan(2.2);
  });
  test.each([[[]], [[1]], [[2, 2, 2]], [[1, 1, 1, 9, 9, 9]]])("is 0 for %j", (values) => {
    expect(differenceNoise(values)).toBe(0);
  });
  test("refuses NaN", () => expect(() => differenceNoise([1, Number.NaN])).toThrow(RangeError));
});

describe("exponential decay", () => {
  const decay = (count: number, every: number, at: (x: number) => number) =>
    times(count, (index) => ({ x: 100 + index * every, y: at(index * every) }));

  test("finds half-life, level and amount, whatever their size and unit", () => {
    const size = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 8, noNaN: true }),
        fc.record({ amount: size, level: size, unit: size }),
        (halfLife, { amount, level, unit }) => {
          const points = decay(25, 0.5 * unit, (x) => level + amount * 2 ** (-x / (halfLife * unit)));
          const found = exponentialDecay(points);
          expect((found?.halfLife ?? 0) / unit).toBeCloseTo(halfLife, 4);
          expect(found?.level).toBeCloseTo(level, 2);
          expect(found?.amount).toBeCloseTo(amount, 2);
        },
      ),
      { numRuns: 20 },
    );
  });
  test("noise and a fifth of outliers hardly move it", () => {
    const noise = normal(7);
    const points = decay(60, 0.2, (x) => 50 + 100 * 2 ** (-x / 1.5) + noise());
    const spoiled = points.map(({ x, y }, index) => ({ x, y: index % 5 === 2 ? 400 : y }));
    expect(exponentialDecay(spoiled)?.halfLife).toBeGreaterThan(1.2);
    expect(exponentialDecay(spoiled)?.halfLife).toBeLessThan(1.8);
  });
  test("many points, in any order, tell the same", () => {
    const points = decay(5000, 0.01, (x) => 3 + 10 * 2 ** (-x / 7));
    expect(exponentialDecay(points.toReversed())?.halfLife).toBeCloseTo(7, 2);
  });
  test("noise is no decay", () => {
    const noise = normal(9);
    const found = times(200, () => exponentialDecay(decay(30, 1, noise)));
    expect(found.filter((decay) => decay !== undefined)).toEqual([]);
  });
  test.each([
    ["nothing", 0, () => 0],
    ["a constant", 20, () => 7],
    ["too few points", 5, (x: number) => 2 ** -x],
    ["a rise", 20, (x: number) => x],
    ["a rise to a level", 30, (x: number) => 9 - 2 ** (-x / 3)],
    ["a straight fall", 20, (x: number) => 9 - x],
    ["a fall within two points", 20, (x: number) => (x < 1 ? 100 : 0)],
    ["a fall faster than the points can show", 20, (x: number) => 100 * 2 ** (-x / 0.2)],
    ["a step", 20, (x: number) => (x < 8 ? 100 : 0)],
  ])("%s has none", (_, count, at) => expect(exponentialDecay(decay(count, 1, at))).toBeUndefined());
  test.each([Number.NaN, Number.POSITIVE_INFINITY])("%s is refused", (value) => {
    expect(() => exponentialDecay([{ x: 0, y: value }])).toThrow(new RangeError(`y[0] is ${value}`));
    expect(() => exponentialDecay([{ x: value, y: 0 }])).toThrow(new RangeError(`x[0] is ${value}`));
  });
});

test("golden section finds the bottom of a dip", () => {
  fc.assert(
    fc.property(fc.double({ min: -3, max: 4, noNaN: true }), (bottom) => {
      expect(goldenSection((x) => Math.abs(x - bottom), -3, 4)).toBeCloseTo(bottom, 6);
    }),
  );
});
