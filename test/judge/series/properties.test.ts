import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeBare } from "../../../src/judge/judge-bare.js";
import { judgeSeries } from "../../../src/judge/judge-series.js";
import type { Series, SeriesVerdict } from "../../../src/model/series.js";
import { level, memory, mib, over, rigour, series } from "./series-builder.js";

const increments = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 6, maxLength: 40 });

const rising = increments.map((units) => {
  let held = 20;
  return series(units.map((unit) => (held += unit)));
});

const anyCount = fc
  .record({
    baseline: fc.array(fc.nat(50), { minLength: 1, maxLength: 3 }),
    values: fc.array(fc.nat(60), { minLength: 6, maxLength: 30 }),
    drain: fc.array(fc.nat(60), { maxLength: 3 }),
  })
  .map(({ baseline, values, drain }) => series(values, { baseline, drain }));

const anyMemory = fc
  .record({
    seed: fc.integer({ min: 1, max: 1e6 }),
    batches: fc.integer({ min: 6, max: 24 }),
    each: fc.constantFrom(0, 0.05, 0.5, 10),
    warmth: fc.constantFrom(0, 20),
  })
  .map(({ seed, batches, each, warmth }) =>
    memory(batches, (batch) => mib * (each * batch + warmth * (1 - Math.exp(-batch / 4))), { seed }),
  );

const anySeries = fc.oneof(rising, anyCount, anyMemory);
const few = { numRuns: 40 };

function mapped(given: Series, to: (value: number) => number, stretch = 1): Series {
  const points = given.points.map((at) => ({
    ...at,
    operations: at.operations * stretch,
    value: to(at.value),
  }));
  return { ...given, points, baseline: given.baseline.map(to), drain: given.drain.map(to) };
}

function ratesOf({ perOperation, low, high, detectable }: SeriesVerdict): number[] {
  return [perOperation, low, high, detectable];
}

/** Within a millionth of the widest of them: what is left of a difference is the rounding of the sums. */
function expectScaled(told: SeriesVerdict, by: number, base: SeriesVerdict): void {
  expect([told.verdict, told.shape]).toEqual([base.verdict, base.shape]);
  const widest = Math.max(...ratesOf(base).filter(Number.isFinite).map(Math.abs));
  for (const [index, rate] of ratesOf(base).entries()) {
    const other = (ratesOf(told)[index] ?? Number.NaN) / by;
    if (Number.isFinite(rate)) expect(Math.abs(other - rate)).toBeLessThanOrEqual(1e-4 * widest + 1e-12);
    else expect(other).toBe(rate);
  }
}

describe("a verdict on any series", () => {
  test("has numbers in order, and says what a pass would have seen", () => {
    fc.assert(
      fc.property(anySeries, (given) => {
        const { verdict, perOperation, low, high, detectable, reason } = judgeSeries(given, rigour);
        for (const number of [perOperation, low, high, detectable]) expect(number).not.toBeNaN();
        expect(low).toBeLessThanOrEqual(high);
        if (verdict === "pass") {
          expect(detectable).toBeLessThan(Number.POSITIVE_INFINITY);
          expect(reason).toMatch(/anything above .* would have been seen$/);
        }
        if (verdict === "fail") {
          expect(low).toBeLessThanOrEqual(perOperation);
          expect(perOperation).toBeLessThanOrEqual(high);
          expect(low).toBeGreaterThan(0);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("does not pass without the power that is asked for", () => {
    fc.assert(
      fc.property(anySeries, (given) => {
        const base = judgeSeries(given, rigour);
        const asking = (share: number): SeriesVerdict =>
          judgeSeries(given, { ...rigour, detectPerOperation: base.detectable * share });
        const isPass = base.verdict === "pass";
        expect(asking(1.01).verdict).toBe(base.verdict);
        expect(asking(0.99).verdict).toBe(isPass && base.detectable > 0 ? "inconclusive" : base.verdict);
      }),
      few,
    );
  });

  test("fails with less certainty asked for wherever it fails with more", () => {
    fc.assert(
      fc.property(anySeries, (given) => {
        const strict = judgeSeries(given, { ...rigour, alpha: 1e-6 });
        const lax = judgeSeries(given, { ...rigour, alpha: 1e-3 });
        if (lax.verdict === "inconclusive") expect(strict.verdict).toBe("inconclusive");
        if (lax.verdict === "pass") expect(strict.verdict).toBe("pass");
        if (strict.verdict === "fail") expect(lax.verdict).toBe("fail");
      }),
      few,
    );
  });

  test("does not depend on the level of a count", () => {
    fc.assert(
      fc.property(fc.oneof(rising, anyCount), fc.integer({ min: 1, max: 10_000 }), (given, more) => {
        expectScaled(
          judgeSeries(
            mapped(given, (value) => value + more),
            rigour,
          ),
          1,
          judgeSeries(given, rigour),
        );
      }),
      few,
    );
  });

  test("has half the rates of a count over twice the operations", () => {
    fc.assert(
      fc.property(rising, (given) => {
        expectScaled(
          judgeSeries(
            mapped(given, (value) => value, 2),
            rigour,
          ),
          1 / 2,
          judgeSeries(given, rigour),
        );
      }),
      few,
    );
  });

  test("does not depend on the unit or the level of memory, but for the rates' unit", () => {
    fc.assert(
      fc.property(anyMemory, (given) => {
        const base = judgeSeries(given, rigour);
        expectScaled(
          judgeSeries(
            mapped(given, (value) => 8 * value),
            rigour,
          ),
          8,
          base,
        );
        expectScaled(
          judgeSeries(
            mapped(given, (value) => value + level),
            rigour,
          ),
          1,
          base,
        );
      }),
      few,
    );
  });
});

describe("whatever is lacking", () => {
  const kinds = ["count", "memory"] as const;

  test.each(kinds.flatMap((kind) => [0, 1, 2, 3, 4, 5].map((n) => [kind, n] as const)))(
    "a %s of %i samples is neither a leak nor clean",
    (kind, n) => {
      for (const grown of [0, 1, 1e6]) {
        const given = series(
          over(n, (batch) => 20 + grown * batch),
          { kind },
        );
        expect(judgeBare(given).verdict).toBe("inconclusive");
        expect(judgeSeries(given, rigour).reason).not.toBe("");
      }
    },
  );

  test.each(kinds)("a %s without a look before the load is compared with nothing", (kind) => {
    const { verdict, reason } = judgeBare(
      series(
        over(20, () => 20),
        { kind, baseline: [] },
      ),
    );
    expect([verdict, reason]).toEqual(["inconclusive", expect.stringContaining("take a baseline")]);
  });

  test.each(kinds)("a %s without a drain is judged by its last point", (kind) => {
    const looks = { kind, drain: [] } as const;
    expect(
      judgeBare(
        series(
          over(20, () => 20),
          looks,
        ),
      ).verdict,
    ).toBe("pass");
    expect(
      judgeBare(
        series(
          over(20, (batch) => 20 + batch),
          looks,
        ),
      ).verdict,
    ).toBe("fail");
  });

  test.each(kinds)("a %s of which one point is missed is judged by the others", (kind) => {
    const whole = series(
      over(30, (batch) => 20 + batch),
      { kind },
    );
    const missed = { ...whole, points: whole.points.filter((_, index) => index !== 12) };
    expect(judgeSeries(missed, rigour).verdict).toBe("fail");
  });

  test.each(kinds)("a %s looked at while no operation ended says nothing", (kind) => {
    const stuck = (operations: number): Series => {
      const given = series(
        over(20, () => 20),
        { kind },
      );
      return { ...given, points: given.points.map((point) => ({ ...point, operations })) };
    };
    expect(judgeSeries(stuck(0), rigour).verdict).toBe("inconclusive");
    expect(judgeSeries(stuck(100), rigour).verdict).not.toBe("fail");
  });

  test("a look twice at one point is no other verdict", () => {
    const given = series(
      over(30, (batch) => 20 + 5 * batch),
      { kind: "memory" },
    );
    const twice = { ...given, points: given.points.flatMap((point) => [point, point]) };
    expect(judgeSeries(twice, rigour)).toMatchObject({
      verdict: "fail",
      perOperation: expect.closeTo(0.1, 4),
    });
  });

  test.each(kinds)("a %s of numbers at the edge of what a number holds ends in a verdict", (kind) => {
    const edge = (grown: number): string =>
      judgeSeries(
        series(
          over(30, (b) => 1e15 + grown * b),
          { kind, baseline: [1e15] },
        ),
        rigour,
      ).verdict;
    expect([edge(0), edge(1), edge(1e15)]).toEqual(["pass", "fail", "fail"]);
  });

  test("memory that does not move at all is flat", () => {
    expect(
      judgeSeries(
        memory(20, () => 0, { noise: 0 }),
        rigour,
      ),
    ).toMatchObject({
      verdict: "pass",
      shape: "flat",
      perOperation: 0,
    });
  });

  test("memory without noise has an interval that is in order", () => {
    const { low, perOperation, high } = judgeSeries(
      memory(10, (batch) => 100 * batch * mib, { noise: 0 }),
      rigour,
    );
    expect(low).toBeLessThan(perOperation);
    expect(perOperation).toBeLessThan(high);
    expect(perOperation / mib).toBeCloseTo(2, 4);
  });
});
