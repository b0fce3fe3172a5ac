import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leaksAt } from "../../../src/gateway/plants/rate.js";

function outcomes(rate: number, opportunities: number): boolean[] {
  const leaks = leaksAt(rate);
  return Array.from({ length: opportunities }, () => leaks());
}

describe("leaksAt", () => {
  it("leaks each time at 1, every other at 0.5, every 50th at 0.02", () => {
    expect(outcomes(1, 3)).toEqual([true, true, true]);
    expect(outcomes(0.5, 4)).toEqual([false, true, false, true]);
    expect(outcomes(0.02, 150).flatMap((leak, index) => (leak ? [index + 1] : []))).toEqual([50, 100, 150]);
  });

  it("has leaked floor(n * rate) times after n opportunities", () => {
    const percents = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(percents, fc.integer({ min: 0, max: 500 }), (percent, opportunities) => {
        const leaked = outcomes(percent / 100, opportunities).filter(Boolean).length;
        expect(leaked).toBe(Math.floor((opportunities * percent) / 100));
      }),
    );
  });
});
