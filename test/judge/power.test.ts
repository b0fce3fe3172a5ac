import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detectableRate, operationsFor, statedPower } from "../../src/judge/power.js";

describe("detectableRate", () => {
  it.each([
    [1000, 0.95, 0.002995732273553991],
    [100, 0.95, 0.02995732273553991],
    [250, 0.99, 0.01842068074395237],
    [1, 0.5, Math.LN2],
  ])("after %i operations at power %f: %f", (operations, power, rate) => {
    expect(detectableRate(operations, power)).toBeCloseTo(rate, 15);
  });

  it("is the rule of three at a power of 0.95, and 5.3 at the stated one", () => {
    expect(detectableRate(300, 0.95)).toBeCloseTo(3 / 300, 4);
    expect(statedPower).toBe(0.995);
    expect(detectableRate(300)).toBeCloseTo(5.298 / 300, 5);
  });

  it("without an operation nothing is seen", () => expect(detectableRate(0)).toBe(Number.POSITIVE_INFINITY));

  it("leaves the chance to miss that it states", () => {
    const operations = fc.integer({ min: 1, max: 1_000_000 });
    const power = fc.double({ min: 0.01, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(operations, power, (operations, power) => {
        expect(Math.exp(-detectableRate(operations, power) * operations)).toBeCloseTo(1 - power, 12);
      }),
    );
  });
});

describe("operationsFor", () => {
  it.each([
    [1 / 250, 1325],
    [1 / 333, 1765],
    [1, 6],
    [10, 1],
    [1e-9, 5_298_317_367],
  ])("a rate of %f needs %i operations", (rate, operations) => {
    expect(operationsFor(rate)).toBe(operations);
  });

  it("is the least number that shows the rate", () => {
    const rate = fc.double({ min: 1e-6, max: 5, noNaN: true });
    const power = fc.constantFrom(0.5, 0.9, 0.95, 0.99, 0.999);
    fc.assert(
      fc.property(rate, power, (rate, power) => {
        const operations = operationsFor(rate, power);
        expect(detectableRate(operations, power)).toBeLessThanOrEqual(rate);
        expect(detectableRate(operations - 1, power)).toBeGreaterThan(rate);
      }),
    );
  });

  it("turns detectableRate round", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (operations) => {
        expect(operationsFor(detectableRate(operations))).toBe(operations);
      }),
    );
  });
});
