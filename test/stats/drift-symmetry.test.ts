import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { driftOf } from "../../src/stats/drift.js";
import { known, pointsOf } from "./drifting.js";
import { normal } from "./noise.js";

const ys = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 4, maxLength: 24 });
const few = { numRuns: 25 };

describe("the shares", () => {
  test("sum to 1, and the noise and its correlation are in their ranges", () => {
    fc.assert(
      fc.property(ys, (values) => {
        const { shares, noise, correlation } = known(pointsOf(values.length, (x) => values[x] ?? 0));
        expect(shares.line + shares.transient + shares.bend + shares.onset).toBeCloseTo(1, 9);
        expect(noise).toBeGreaterThanOrEqual(0);
        expect(correlation).toBeGreaterThanOrEqual(0);
        expect(correlation).toBeLessThan(1);
      }),
      few,
    );
  });
});

describe("what changes nothing", () => {
  test("a shift of x and of y: not one digit", () => {
    fc.assert(
      fc.property(ys, fc.integer({ min: -64, max: 64 }), (values, shift) => {
        const points = pointsOf(values.length, (x) => values[x] ?? 0);
        const moved = points.map(({ x, y }) => ({ x: x + 256 * shift, y: y - 3 * shift }));
        expect(driftOf(moved)).toEqual(driftOf(points));
      }),
      few,
    );
  });
  test("a scale of x and of y scales the slope", () => {
    fc.assert(
      fc.property(ys, fc.constantFrom(0.125, 4, 1024), fc.constantFrom(0.5, 8), (values, wide, high) => {
        fc.pre(new Set(values).size > 2);
        const points = pointsOf(values.length, (x) => values[x] ?? 0);
        const scaled = points.map(({ x, y }) => ({ x: wide * x, y: high * y }));
        const [one, other] = [
          known(points, { leastVariance: 0.25 }),
          known(scaled, { leastVariance: 0.25 * high * high }),
        ];
        expect(other.noise / high).toBeCloseTo(one.noise, 9);
        expect(other.curve).toEqual(one.curve);
        for (const value of [-3, -0.1, 0, 0.5]) {
          expect(other.slope.cdf((value * high) / wide)).toBeCloseTo(one.slope.cdf(value), 9);
        }
      }),
      few,
    );
  });
  test("upside down, the slope has the other sign", () => {
    fc.assert(
      fc.property(ys, (values) => {
        const [up, down] = [1, -1].map((sign) =>
          known(pointsOf(values.length, (x) => sign * (values[x] ?? 0))),
        );
        for (const value of [-1, -0.01, 0.3]) {
          expect(down?.slope.cdf(-value)).toBeCloseTo(1 - (up?.slope.cdf(value) ?? 0), 9);
        }
      }),
      few,
    );
  });
  test("backwards in time, a line has the other sign, nearly: only the curves have a direction", () => {
    const next = normal(9);
    const values = pointsOf(40, (x) => 2 * x + next()).map(({ y }) => y);
    const back = values.toReversed();
    const [forth, backwards] = [values, back].map((ys) => known(pointsOf(40, (x) => ys[x] ?? 0)));
    expect(forth?.slope.quantile(0.5)).toBeCloseTo(2, 1);
    expect(backwards?.slope.quantile(0.5)).toBeCloseTo(-2, 1);
  });
});
