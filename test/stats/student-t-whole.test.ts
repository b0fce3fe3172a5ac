import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { studentTCdf } from "../../src/stats/student-t.js";
import { studentTCdfWhole } from "../../src/stats/student-t-whole.js";

const freedom = fc.integer({ min: 1, max: 200 });
const anyT = fc.double({ min: -50, max: 50, noNaN: true });

describe("Student's t for whole degrees of freedom", () => {
  test("is that by the incomplete beta function, for every number of them up to 200", () => {
    for (let df = 1; df <= 200; df++) {
      for (const t of [-50, -9.7, -3, -1, -0.2, -1e-9, 0, 0.01, 0.7, 2, 4.4, 12, 50]) {
        const off = Math.abs(studentTCdfWhole(t, df) - studentTCdf(t, df));
        expect(off, `df ${df} at ${t}`).toBeLessThanOrEqual(1e-12);
      }
    }
  });
  test("is that at any t", () => {
    fc.assert(
      fc.property(anyT, freedom, (t, df) => {
        expect(Math.abs(studentTCdfWhole(t, df) - studentTCdf(t, df))).toBeLessThanOrEqual(1e-12);
      }),
    );
  });
  // Closed forms: 1/2 + atan(t)/π for one degree, 1/2 + t/2√(2 + t²) for two.
  test.each([
    [1, 1, 0.75],
    [1, -1, 0.25],
    [2, Math.SQRT2, 0.5 + Math.SQRT1_2 / 2],
    [7, 0, 0.5],
  ])("df %s at %s", (df, t, cdf) => expect(studentTCdfWhole(t, df)).toBeCloseTo(cdf, 14));
  test("is symmetric", () => {
    fc.assert(
      fc.property(anyT, freedom, (t, df) => {
        expect(studentTCdfWhole(t, df) + studentTCdfWhole(-t, df)).toBeCloseTo(1, 13);
      }),
    );
  });
  test("rises with t, within 0 and 1 but for rounding", () => {
    fc.assert(
      fc.property(anyT, fc.double({ min: 0, max: 5, noNaN: true }), freedom, (t, step, df) => {
        const [low, high] = [studentTCdfWhole(t, df), studentTCdfWhole(t + step, df)];
        expect(low).toBeGreaterThan(-1e-14);
        expect(low).toBeLessThanOrEqual(high + 1e-14);
        expect(high).toBeLessThan(1 + 1e-14);
      }),
    );
  });
  test.each([1, 2, 9])("has its ends at any size of t, with df %s", (df) => {
    for (const t of [1e149, 1e200, Number.MAX_VALUE, Number.POSITIVE_INFINITY]) {
      expect(studentTCdfWhole(t, df)).toBeCloseTo(1, 14);
      expect(studentTCdfWhole(-t, df)).toBeCloseTo(0, 14);
    }
    expect(studentTCdfWhole(Number.NaN, df)).toBeNaN();
  });
});
