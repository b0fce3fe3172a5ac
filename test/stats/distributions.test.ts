import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binomialInterval } from "../../src/stats/binomial-interval.js";
import { gammaQuantile } from "../../src/stats/gamma-quantile.js";
import { incompleteBeta } from "../../src/stats/incomplete-beta.js";
import { incompleteGamma } from "../../src/stats/incomplete-gamma.js";
import { logGamma } from "../../src/stats/log-gamma.js";
import { normalCdf } from "../../src/stats/normal-cdf.js";
import { normalQuantile } from "../../src/stats/normal-quantile.js";
import { poissonDeviance } from "../../src/stats/poisson-deviance.js";
import { poissonInterval, poissonMidPInterval } from "../../src/stats/poisson-interval.js";
import { studentTCdf, studentTQuantile, studentTTwoSided } from "../../src/stats/student-t.js";

type Sides = 1 | 2;
type Bounds = readonly [count: number, confidence: number, sides: Sides, low: number, high: number];
type Row = readonly [number, number, number];

/** How they were computed stands in the file, under "note". */
const wanted: {
  readonly studentTCdf: Row[];
  readonly studentTQuantile: Row[];
  readonly gammaQuantile: Row[];
  readonly normalCdf: (readonly [number, number])[];
  readonly poissonInterval: Bounds[];
  readonly poissonMidPInterval: Bounds[];
  readonly binomialInterval: (readonly [number, ...Bounds])[];
} = JSON.parse(readFileSync(new URL("distributions.json", import.meta.url), "utf8"));

/** To 1e-9 of the value itself, however small it is. */
function expectClose(got: number, value: number, what: string): void {
  expect(Math.abs(got - value), `${what}: ${got} for ${value}`).toBeLessThanOrEqual(1e-9 * Math.abs(value));
}

describe("reference values to 1e-9 of themselves", () => {
  test.each(wanted.studentTCdf)("Student's t with df %s at %s", (df, t, cdf) => {
    expectClose(studentTCdf(t, df), cdf, "cdf");
    if (t < 0) expectClose(studentTTwoSided(t, df), 2 * cdf, "two-sided");
  });
  test.each(wanted.studentTQuantile)("quantile of Student's t with df %s at %s", (df, probability, t) => {
    expectClose(studentTQuantile(probability, df), t, "t");
  });
  test.each(wanted.gammaQuantile)("gamma quantile of shape %s at %s", (shape, probability, x) => {
    expectClose(gammaQuantile(shape, { side: "below", probability }), x, "x");
  });
  test.each(wanted.normalCdf)("normal distribution at %s", (z, cdf) => expectClose(normalCdf(z), cdf, "cdf"));
  for (const [successes, trials, confidence, sides, low, high] of wanted.binomialInterval) {
    test(`${successes} of ${trials}, ${confidence}, ${sides} sides`, () => {
      const got = binomialInterval({ successes, trials }, { confidence, sides });
      expectClose(got.low, low, "low");
      expectClose(got.high, high, "high");
    });
  }
  test.each([
    [1e-10, 23.025850929882733],
    [0.5, 0.5723649429247001],
    [3, Math.LN2],
    [20.5, 40.8315009745308],
  ])("log gamma of %s", (x, value) => expectClose(logGamma(x), value, "log gamma"));
});

describe.each([
  ["Poisson", poissonInterval, wanted.poissonInterval],
  ["mid-P", poissonMidPInterval, wanted.poissonMidPInterval],
] as const)("%s intervals", (_, interval, rows) => {
  for (const [count, confidence, sides, low, high] of rows) {
    test(`${count} seen, ${confidence}, ${sides} sides`, () => {
      const got = interval(count, { confidence, sides });
      expectClose(got.low, low, "low");
      expectClose(got.high, high, "high");
    });
  }
});

describe("Student's t", () => {
  const df = fc.oneof(
    fc.double({ min: 0.5, max: 1e7, noNaN: true }),
    fc.double({ min: 0.5, max: 20, noNaN: true }),
  );
  const probability = fc.double({ min: 1e-12, max: 0.999, noNaN: true });

  test("the quantile is where the distribution has the probability, and is odd around one half", () => {
    fc.assert(
      fc.property(df, probability, (df, p) => {
        expectClose(studentTCdf(studentTQuantile(p, df), df), p, "cdf");
        expect(studentTQuantile(0.5 - p / 2, df)).toBeCloseTo(-studentTQuantile(0.5 + p / 2, df), 6);
      }),
      { numRuns: 50 },
    );
  });
  test("has heavier tails than the normal distribution, and becomes it", () => {
    fc.assert(
      fc.property(df, (df) => {
        expect(studentTQuantile(0.975, df)).toBeGreaterThan(normalQuantile(0.975));
      }),
      { numRuns: 50 },
    );
    expect(studentTQuantile(0.975, Number.POSITIVE_INFINITY)).toBeCloseTo(normalQuantile(0.975), 9);
    expect(studentTCdf(1, Number.POSITIVE_INFINITY)).toBeCloseTo(normalCdf(1), 9);
  });
  test("all of it lies below infinity", () => {
    expect(studentTCdf(Number.POSITIVE_INFINITY, 3)).toBe(1);
    expect(studentTCdf(Number.NEGATIVE_INFINITY, 3)).toBe(0);
  });
  test.each([0, -1, Number.NaN])("df %s is refused", (df) => {
    expect(() => studentTCdf(1, df)).toThrow(RangeError);
    expect(() => studentTQuantile(0.1, df)).toThrow(RangeError);
    expect(() => studentTTwoSided(1, df)).toThrow(RangeError);
  });
  test.each([0, 1, -0.1, Number.NaN])("a probability of %s is refused", (p) => {
    expect(() => studentTQuantile(p, 3)).toThrow(RangeError);
  });
  test("t that is NaN is refused", () => expect(() => studentTCdf(Number.NaN, 3)).toThrow(RangeError));
});

describe("the incomplete integrals", () => {
  const shape = fc.double({ min: 0.01, max: 1e5, noNaN: true });

  test("grow with x from 0 to 1, and their two sides sum to 1", () => {
    fc.assert(
      fc.property(shape, shape, fc.double({ min: 0, max: 0.99, noNaN: true }), (a, b, x) => {
        const here = incompleteBeta({ a, b }, x, 1 - x);
        const further = incompleteBeta({ a, b }, x + 0.01, 1 - x - 0.01);
        expect(here.below + here.above).toBeCloseTo(1, 12);
        expect(further.below).toBeGreaterThanOrEqual(here.below - 1e-12);
        const gamma = incompleteGamma(a, a * 2 * x);
        expect(gamma.below + gamma.above).toBeCloseTo(1, 12);
        expect(incompleteGamma(a, a * 2 * x + 1).below).toBeGreaterThanOrEqual(gamma.below - 1e-12);
      }),
    );
  });
  test("end exactly at 0 and 1", () => {
    expect(incompleteBeta({ a: 2, b: 3 }, 0, 1)).toEqual({ below: 0, above: 1 });
    expect(incompleteBeta({ a: 2, b: 3 }, 1, 0)).toEqual({ below: 1, above: 0 });
    expect(incompleteGamma(2, 0)).toEqual({ below: 0, above: 1 });
    expect(incompleteGamma(2, Number.POSITIVE_INFINITY)).toEqual({ below: 1, above: 0 });
  });
  test("the deviance of a count keeps its digits where count and mean are close", () => {
    // gap² / 2 mean + gap³ / 6 mean² + …
    expectClose(poissonDeviance(1e6 + 1, 1e6), 4.999998333334167e-7, "deviance");
    expectClose(poissonDeviance(2, 1), 2 * Math.LN2 - 1, "deviance");
    expect(poissonDeviance(5, 5)).toBe(0);
  });
  test.each([0, -1, Number.NaN])("a gamma distribution of shape %s is refused", (shape) => {
    expect(() => gammaQuantile(shape, { side: "below", probability: 0.5 })).toThrow(RangeError);
  });
  test("a quantile smaller than any number is next to 0", () => {
    expect(gammaQuantile(1e-5, { side: "below", probability: 0.025 })).toBeLessThan(1e-300);
  });
  test.each([0, -1, Number.NaN])("log gamma of %s is refused", (x) => {
    expect(() => logGamma(x)).toThrow(RangeError);
  });
  test("the normal distribution is odd around one half, and refuses NaN", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 8, noNaN: true }), (z) => {
        expect(normalCdf(z) + normalCdf(-z)).toBeCloseTo(1, 14);
        expectClose(normalQuantile(normalCdf(-z - 0.1)), -z - 0.1, "quantile");
      }),
    );
    expect(() => normalCdf(Number.NaN)).toThrow(RangeError);
  });
});

describe("intervals of rare counts", () => {
  const count = fc.double({ min: 0, max: 500, noNaN: true });

  test("Poisson: holds the count, grows with it and with the confidence, and mid-P lies within exact", () => {
    fc.assert(
      fc.property(count, (count) => {
        const exact = poissonInterval(count);
        const mid = poissonMidPInterval(count);
        const more = poissonInterval(count + 1);
        const wide = poissonInterval(count, { confidence: 0.99 });
        expect(mid.low).toBeLessThanOrEqual(count);
        expect(mid.high).toBeGreaterThan(count);
        expect(exact.low).toBeLessThanOrEqual(mid.low);
        expect(exact.high).toBeGreaterThan(mid.high);
        expect(more.low).toBeGreaterThan(exact.low);
        expect(more.high).toBeGreaterThan(exact.high);
        expect(wide.low).toBeLessThanOrEqual(exact.low);
        expect(wide.high).toBeGreaterThan(exact.high);
      }),
    );
  });
  test("nothing seen: the rule of three, to two digits", () => {
    const { low, high } = poissonInterval(0, { sides: 1 });
    expect(low).toBe(0);
    expect(high).toBeCloseTo(-Math.log(0.05), 12);
    expect(poissonMidPInterval(0, { sides: 1 }).high).toBeCloseTo(-Math.log(0.1), 12);
    const { high: chance } = binomialInterval({ successes: 0, trials: 1000 }, { sides: 1 });
    expect(chance).toBeCloseTo(1 - 0.05 ** (1 / 1000), 12);
  });
  test("binomial: holds the share, and failures mirror successes", () => {
    const tally = fc
      .integer({ min: 1, max: 1000 })
      .chain((trials) =>
        fc.record({ trials: fc.constant(trials), successes: fc.integer({ min: 0, max: trials }) }),
      );
    fc.assert(
      fc.property(tally, ({ trials, successes }) => {
        const got = binomialInterval({ trials, successes });
        const mirrored = binomialInterval({ trials, successes: trials - successes });
        expect(got.low).toBeLessThanOrEqual(successes / trials);
        expect(got.high).toBeGreaterThanOrEqual(successes / trials);
        expect(mirrored.low).toBeCloseTo(1 - got.high, 12);
      }),
    );
  });
  test("no trials say nothing", () => {
    expect(binomialInterval({ successes: 0, trials: 0 })).toEqual({ low: 0, high: 1 });
  });
  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("a count of %s is refused", (count) => {
    expect(() => poissonInterval(count)).toThrow(RangeError);
    expect(() => poissonMidPInterval(count)).toThrow(RangeError);
    expect(() => binomialInterval({ successes: count, trials: 3 })).toThrow(RangeError);
    expect(() => binomialInterval({ successes: 0, trials: count })).toThrow(RangeError);
  });
  test.each([0, 1, -1, Number.NaN])("a confidence of %s is refused", (confidence) => {
    expect(() => poissonInterval(3, { confidence })).toThrow(RangeError);
    expect(() => poissonMidPInterval(3, { confidence })).toThrow(RangeError);
    expect(() => binomialInterval({ successes: 1, trials: 3 }, { confidence })).toThrow(RangeError);
  });
});
