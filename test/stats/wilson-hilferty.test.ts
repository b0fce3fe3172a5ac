import { expect, test } from "vitest";
import { gammaQuantile } from "../../src/stats/gamma-quantile.js";
import { poissonInterval, poissonMidPInterval } from "../../src/stats/poisson-interval.js";
import { largeShape, wilsonHilferty } from "../../src/stats/wilson-hilferty.js";

test.each([0.5, 0.025, 0.005, 0.00005])(
  "joins the exact form where it takes over, at a tail of %f",
  (probability) => {
    for (const side of ["below", "above"] as const) {
      const exact = gammaQuantile(largeShape - 1, { side, probability });
      expect(wilsonHilferty(largeShape - 1, { side, probability }) / exact).toBeCloseTo(1, 9);
    }
  },
);

test("an interval of a count beyond all that can be counted ends, and holds it", () => {
  for (const count of [1e8, 1e12, 5e16, 1e300]) {
    for (const { low, high } of [poissonInterval(count), poissonMidPInterval(count)]) {
      expect(low).toBeLessThanOrEqual(count);
      expect(high).toBeGreaterThanOrEqual(count);
      expect(high / low - 1).toBeLessThan(5 / Math.sqrt(count) + 1e-12);
    }
  }
});
