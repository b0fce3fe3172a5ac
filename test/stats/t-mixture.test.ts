import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ols } from "../../src/stats/ols.js";
import { studentTQuantile } from "../../src/stats/student-t.js";
import { type Component, TMixture } from "../../src/stats/t-mixture.js";
import { engine, off } from "./engine.js";
import { poisson } from "./noise.js";

const component = fc.record({
  weight: fc.double({ min: 0.01, max: 5, noNaN: true }),
  center: fc.integer({ min: -20, max: 20 }),
  scale: fc.double({ min: 0.05, max: 8, noNaN: true }),
  degreesOfFreedom: fc.integer({ min: 2, max: 60 }),
});
const components = fc.array(component, { minLength: 1, maxLength: 6 });
const certain: Component = { weight: 2, center: 3, scale: 0, degreesOfFreedom: 4 };

describe("a mixture of Student's t", () => {
  test.each(engine.mixture)("as scipy has it: %#", ({ components, cdf, quantile }) => {
    const mixture = new TMixture(components);
    for (const [value, wanted] of cdf) expect(off(mixture.cdf(value), wanted)).toBeLessThan(1);
    // It is right to 1e-9 of the probability: in the tails that is more of the value.
    for (const [probability, wanted] of quantile) {
      expect(off(mixture.quantile(probability), wanted)).toBeLessThan(1000);
    }
  });
  test.each([0.001, 0.03, 0.5, 0.975, 0.9999])("of one has its quantile, at %s", (probability) => {
    for (const degreesOfFreedom of [1, 2, 3, 10, 57]) {
      const one = new TMixture([{ weight: 7, center: 5, scale: 0.25, degreesOfFreedom }]);
      const wanted = 5 + 0.25 * studentTQuantile(probability, degreesOfFreedom);
      expect(Math.abs(one.quantile(probability) / wanted - 1)).toBeLessThan(1e-4);
      expect(one.cdf(wanted)).toBeCloseTo(probability, 9);
    }
  });
  test("its distribution function rises", () => {
    fc.assert(
      fc.property(
        components,
        fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 2 }),
        (parts, values) => {
          const mixture = new TMixture(parts);
          const risen = values.toSorted((a, b) => a - b).map((value) => mixture.cdf(value));
          for (const [index, value] of risen.entries()) {
            expect(value).toBeGreaterThanOrEqual((risen[index - 1] ?? 0) - 1e-12);
            expect(value).toBeLessThanOrEqual(1 + 1e-12);
          }
        },
      ),
    );
  });
  test("the quantile turns it back", () => {
    fc.assert(
      fc.property(components, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (parts, probability) => {
        const mixture = new TMixture(parts);
        expect(mixture.cdf(mixture.quantile(probability))).toBeCloseTo(probability, 8);
      }),
    );
  });
  test("only the ratios of the weights count, and the order does not", () => {
    fc.assert(
      fc.property(components, fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (parts, factor) => {
        const scaled = parts.map((part) => ({ ...part, weight: part.weight * factor })).toReversed();
        expect(new TMixture(scaled).cdf(1)).toBeCloseTo(new TMixture(parts).cdf(1), 12);
      }),
    );
  });
  test("a shift and a scale of the value are those of the quantile", () => {
    fc.assert(
      fc.property(components, fc.constantFrom(0.025, 0.4, 0.975), (parts, probability) => {
        const moved = parts.map((part) => ({ ...part, center: 4 * part.center + 1, scale: 4 * part.scale }));
        const plain = new TMixture(parts).quantile(probability);
        expect(new TMixture(moved).quantile(probability)).toBeCloseTo(4 * plain + 1, 4);
      }),
    );
  });
  test("what weighs nothing is left out", () => {
    const heavy = { weight: 1, center: 0, scale: 1, degreesOfFreedom: 5 };
    expect(new TMixture([heavy, { ...heavy, weight: 1e-30, center: 9 }]).components).toEqual([heavy]);
  });
  test("what is left weighs 1 again, so that every probability has a quantile", () => {
    const heavy = { weight: 1, center: 0, scale: 1, degreesOfFreedom: 5 };
    const light = Array.from({ length: 300 }, () => ({ ...heavy, weight: 9e-9, center: -5 }));
    const mixture = new TMixture([heavy, ...light]);
    expect(mixture.cdf(Number.POSITIVE_INFINITY)).toBeCloseTo(1, 12);
    expect(mixture.quantile(1 - 1e-7)).toBeGreaterThan(10);
  });
  test.each([[[]], [[{ ...certain, weight: 0 }]], [[{ ...certain, weight: Number.NaN }]]])(
    "%j is no mixture",
    (parts) => expect(() => new TMixture(parts)).toThrow(RangeError),
  );
  test.each([0, 1, -1, Number.NaN])("has no quantile at %s", (probability) => {
    expect(() => new TMixture([certain]).quantile(probability)).toThrow(
      new RangeError(`probability ${probability} is not between 0 and 1`),
    );
  });
});

describe("certainty", () => {
  test("is a step", () => {
    const mixture = new TMixture([certain]);
    expect([2.999, 3, 3.001].map((value) => mixture.cdf(value))).toEqual([0, 0.5, 1]);
    for (const probability of [0.001, 0.5, 0.999]) expect(mixture.quantile(probability)).toBeCloseTo(3, 12);
    expect(mixture.deviation()).toBe(0);
  });
  test("of nothing is nothing", () => {
    const mixture = new TMixture([{ ...certain, center: 0 }]);
    for (const probability of [0.001, 0.5, 0.999]) expect(mixture.quantile(probability)).toBeCloseTo(0, 300);
  });
  test("beside doubt keeps its share", () => {
    const mixture = new TMixture([certain, { weight: 2, center: 3, scale: 1, degreesOfFreedom: 9 }]);
    expect(mixture.cdf(2.9999999)).toBeCloseTo(0.25, 6);
    expect(mixture.cdf(3.0000001)).toBeCloseTo(0.75, 6);
  });
});

describe("the deviation", () => {
  test("is that of the t, of the centers, or of both", () => {
    const one = (center: number, scale: number) => ({ weight: 1, center, scale, degreesOfFreedom: 6 });
    expect(new TMixture([one(4, 2)]).deviation()).toBeCloseTo(2 * Math.sqrt(6 / 4), 12);
    expect(new TMixture([one(-3, 0), one(5, 0)]).deviation()).toBeCloseTo(4, 12);
    expect(new TMixture([one(-3, 2), one(5, 2)]).deviation()).toBeCloseTo(Math.sqrt(16 + 6), 12);
  });
});

describe("the scatter of events", () => {
  test("is that of a line of least squares through their running sum", () => {
    const next = poisson(31);
    const [rate, length, series] = [3, 200, 400];
    const slopes = Array.from({ length: series }, () => {
      let sum = 0;
      return ols(Array.from({ length }, (_, x) => ({ x, y: (sum += next(rate)) })))?.slope ?? 0;
    });
    const scatter = slopes.reduce((sum, slope) => sum + (slope - rate) ** 2, 0) / series;
    const known = new TMixture([{ ...certain, center: rate }]).withEvents(length).components[0]?.scale ?? 0;
    expect(known ** 2 / scatter).toBeGreaterThan(0.85);
    expect(known ** 2 / scatter).toBeLessThan(1.15);
  });
  test("widens what grows, and leaves what falls", () => {
    const scaleOf = (center: number) =>
      new TMixture([{ ...certain, center, scale: 0.3 }]).withEvents(100).components[0]?.scale;
    expect(scaleOf(5)).toBeGreaterThan(0.3);
    expect(scaleOf(-5)).toBeCloseTo(0.3, 12);
  });
});
