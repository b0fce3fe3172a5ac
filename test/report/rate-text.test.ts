import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rateText, roughly, roughlyNeeded, roughRateText } from "../../src/report/rate-text.js";

describe("rateText", () => {
  it.each([
    [0.004, "1 per 250 operations"],
    [0.003, "1 per 333 operations"],
    [1, "1 per operation"],
    [0.6, "1 per operation"],
    [0.5, "1 per 2 operations"],
    [2, "2 per operation"],
    [2.9957, "3 per operation"],
  ])("%f: %s", (rate, text) => expect(rateText(rate)).toBe(text));

  it("gives back what was asked for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1_000_000 }), (operations) => {
        expect(rateText(1 / operations)).toBe(`1 per ${operations} operations`);
      }),
    );
  });
});

describe("roughRateText", () => {
  it.each([
    [0.0000284, "about 1 per 35000 operations"],
    [1 / 99, "about 1 per 99 operations"],
    [1 / 101, "about 1 per 100 operations"],
    [2, "about 2 per operation"],
  ])("%f: %s", (rate, text) => expect(roughRateText(rate)).toBe(text));
});

describe("what an estimate says", () => {
  it("of what there is claims no more, of what is needed no less, and each has two digits", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (operations) => {
        expect(roughly(operations)).toBeLessThanOrEqual(operations);
        expect(roughly(operations)).toBeGreaterThan(0.9 * operations);
        expect(roughlyNeeded(operations)).toBeGreaterThanOrEqual(operations);
        expect(roughlyNeeded(operations)).toBeLessThan(1.1 * operations + 1);
        for (const said of [roughly(operations), roughlyNeeded(operations)])
          expect(String(said)).toMatch(/^\d{1,2}0*$/);
      }),
    );
  });
});
