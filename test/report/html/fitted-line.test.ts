import { describe, expect, it } from "vitest";
import { fittedLine } from "../../../src/report/html/fitted-line.js";
import { lineAt } from "../../../src/report/html/plot-data.js";
import { criterion } from "../samples.js";

const points = Array.from({ length: 10 }, (_, index) => ({
  operations: 100 * (index + 1),
  atMs: 60_000 * (index + 1),
  value: 20 + 10 * (index + 1),
}));

describe("the line of a verdict", () => {
  it("goes through the points at the rate of the judge, and its interval turns in their middle", () => {
    const line = fittedLine(criterion("fds", { perOperation: 0.1, low: 0.09, high: 0.11 }), points);
    expect(line).toMatchObject({ per: "operations", at: 550, level: 75, from: 0 });
    if (!line) throw new Error("no line");
    expect(lineAt(line, 1000)).toEqual({ value: 120, low: 75 + 0.09 * 450, high: 75 + 0.11 * 450 });
    expect(lineAt(line, 100).low).toBeLessThan(lineAt(line, 100).high);
  });

  it("is over time where time drives the growth", () => {
    const perHour = { rate: 600, low: 590, high: 610 };
    const line = fittedLine(criterion("fds", { perHour }), points);
    expect(line).toMatchObject({ per: "ms", at: 330_000, level: 75 });
    if (!line) throw new Error("no line");
    expect(lineAt(line, 330_000 + 3_600_000).value).toBe(675);
  });

  it("begins in the second half, where the rate is that at which it goes on", () => {
    const result = criterion("fds", { shape: "leak on a pool", perOperation: 0.1, low: 0.09, high: 0.11 });
    expect(fittedLine(result, points)).toMatchObject({ from: 5, at: 800, level: 100 });
  });

  it.each([
    ["nothing is known of the rate", { perOperation: undefined }],
    ["it has no bound", { high: Number.POSITIVE_INFINITY }],
  ])("is none where %s", (_, given) => {
    expect(fittedLine(criterion("fds", given), points)).toBeNull();
  });

  it("is none through a single point", () => {
    expect(fittedLine(criterion("fds"), points.slice(0, 1))).toBeNull();
  });
});
