import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { growthOf, type GrowthPoint } from "../../src/soak/growth.js";

const pointsOf = (values: readonly number[]): GrowthPoint[] =>
  values.map((value, index) => ({ atMs: index * 1000, value }));
const series = (length: number, value: (index: number) => number): GrowthPoint[] =>
  pointsOf(Array.from({ length }, (_, index) => value(index)));

describe("a level grows", () => {
  it("one for each second", () => {
    expect(
      growthOf(
        series(31, (i) => 20 + i),
        "count",
      ),
    ).toEqual({ from: 20, to: 50, overMs: 30_000 });
  });

  it("under a load that moves it up and down by more than it grows in the meantime", () => {
    const swinging = series(120, (i) => 100 + i / 2 + (i % 7) * 10);
    expect(growthOf(swinging, "count")).toMatchObject({ overMs: 119_000 });
  });

  it("whatever it grows by", () => {
    const steps = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 12, maxLength: 100 });
    fc.assert(
      fc.property(steps, (grown) => {
        let level = 5;
        expect(growthOf(pointsOf(grown.map((step) => (level += step))), "count")).toBeDefined();
      }),
    );
  });
});

describe("a level does not grow", () => {
  it.each<[string, GrowthPoint[], "count" | "bytes"]>([
    ["that stays", series(60, () => 20), "count"],
    ["that a load moves", series(60, (i) => 20 + (i % 9)), "count"],
    ["of a pool that has filled", series(60, (i) => Math.min(i, 30)), "count"],
    ["that has few points", series(5, (i) => i * 10), "count"],
    ["that rises by next to nothing", series(60, (i) => 1000 + i / 20), "count"],
    ["of memory that rises by a few pages", series(60, (i) => 1e9 + i * 4096), "bytes"],
    ["that falls", series(60, (i) => 100 - i), "count"],
    ["of which nothing is known", [], "count"],
  ])("%s", (_, points, unit) => expect(growthOf(points, unit)).toBeUndefined());
});
