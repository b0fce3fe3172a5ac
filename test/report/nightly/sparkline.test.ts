import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Rate } from "../../../src/model/verdict.js";
import { lastRate, rateWords, sparkline } from "../../../src/report/nightly/sparkline.js";

const at = (rate: number, arm = 0): Rate => ({ rate, low: rate - arm, high: rate + arm });

function pathOf(svg: string, kind: string): string {
  return new RegExp(`class="${kind}" d="([^"]*)"`).exec(svg)?.[1] ?? "";
}

describe("sparkline", () => {
  it("runs level nights together", () => {
    expect(pathOf(sparkline([at(0), at(0), at(0), at(1), at(1)]), "l")).toBe("M0 29h8l4-28h4");
  });

  it("keeps a gap, and makes a dot of a night between two", () => {
    const svg = sparkline([at(0), at(0), undefined, at(1), undefined, at(0), at(0)]);
    expect(pathOf(svg, "l")).toBe("M0 29h4M12 1h0M20 29h4");
    expect(pathOf(svg, "d")).toBe("M12 1h0");
  });

  it("shades the interval, upper ends there and lower ends back", () => {
    expect(pathOf(sparkline([at(1, 0.5), at(1, 0.5)]), "i")).toBe("M0 1h4l0 19h-4z");
  });

  it("is not flattened by one wild night", () => {
    const rates = [...Array.from({ length: 29 }, () => at(1, 0.1)), at(1, 1000)];
    expect(pathOf(sparkline(rates), "l")).toMatch(/^M0 [1-5]h/);
  });

  it("stays within its frame, whatever the rates", () => {
    const value = fc.double({ noNaN: true, min: -1e12, max: 1e12 });
    const rate = fc.record({ rate: value, low: value, high: value });
    fc.assert(
      fc.property(fc.array(fc.option(rate, { nil: undefined }), { maxLength: 40 }), (rates) => {
        const svg = sparkline(rates);
        expect(svg).not.toMatch(/NaN|Infinity|e[+-]\d/);
        for (const [, y] of svg.matchAll(/M\d+ (-?\d+)/g)) {
          expect(Number(y)).toBeGreaterThanOrEqual(0);
          expect(Number(y)).toBeLessThanOrEqual(30);
        }
      }),
    );
  });
});

it.each<[Rate | undefined, "count" | "bytes", string, string]>([
  [at(0.88, 0.04), "count", "0.88", "0.88 per operation (0.84 to 0.92)"],
  [at(600, 12), "bytes", "600 B", "600 B per operation (588 B to 612 B)"],
  [undefined, "count", "–", "not measured"],
])("a rate in words", (rate, unit, ...words) => {
  expect([lastRate({ rates: [at(5), rate], unit }), rateWords(rate, unit)]).toEqual(words);
});
