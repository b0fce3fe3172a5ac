import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteRate, byteRatePattern, countRate, countRatePattern } from "../../src/scenario/rate.js";

describe("a rate of counts", () => {
  test.each([
    ["1 per 250 operations", 0.004],
    ["2 per 1000 operations", 0.002],
    ["1 per operation", 1],
    ["3 per operation", 3],
  ])("%s", (text, rate) => {
    expect(text).toMatch(countRatePattern);
    expect(countRate(text)).toBe(rate);
  });

  test.each([
    "1/250",
    "0.004",
    "0 per 250 operations",
    "1 per 0 operations",
    "1.5 per 250 operations",
    "1 per 250",
    "1 per 250 sessions",
    "1 in 250 operations",
    " 1 per 250 operations",
    "1 per 2.5 operations",
    "-1 per 250 operations",
    "1 per operations",
    "20KiB per operation",
  ])("not %s", (text) => expect(text).not.toMatch(countRatePattern));

  test("is the quotient, whatever the numbers", () => {
    const whole = fc.integer({ min: 1, max: 999_999_999 });
    fc.assert(
      fc.property(whole, whole, (left, operations) => {
        const text = `${left} per ${operations} operations`;
        expect(text).toMatch(countRatePattern);
        expect(countRate(text)).toBe(left / operations);
      }),
    );
  });
});

describe("a rate of bytes", () => {
  test.each([
    ["20KiB per operation", 20 * 1024],
    ["1.5 MiB per 3 operations", 512 * 1024],
    ["1B per 1000 operations", 0.001],
  ])("%s", (text, rate) => {
    expect(text).toMatch(byteRatePattern);
    expect(byteRate(text)).toBe(rate);
  });

  test.each([
    "20 per operation",
    "0KiB per operation",
    "0.0MiB per 10 operations",
    "20KiB",
    "20K per operation",
  ])("not %s", (text) => expect(text).not.toMatch(byteRatePattern));
});
