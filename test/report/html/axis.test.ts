import { describe, expect, it } from "vitest";
import { roundSteps, roundTimes } from "../../../src/report/html/axis.js";

describe("steps of an axis", () => {
  it.each([
    [{ least: 0, most: 100 }, "count", [0, 20, 40, 60, 80, 100]],
    [{ least: 3, most: 7 }, "count", [3, 4, 5, 6, 7]],
    [{ least: 0, most: 1 }, "count", [0, 1]],
    [{ least: 4, most: 4 }, "count", [4]],
    [{ least: 0, most: 4 * 1024 ** 2 }, "bytes", [0, 1, 2, 3, 4].map((mib) => mib * 1024 ** 2)],
    [{ least: 0, most: 300 }, "bytes", [0, 100, 200, 300]],
  ] as const)("of %j in %s", (span, unit, steps) => {
    expect(roundSteps(span, 5, unit)).toEqual(steps);
  });
});

describe("steps of a time axis", () => {
  it.each([
    [6500, 6, [0, 2000, 4000, 6000]],
    [86_400_000, 5, [0, 6, 12, 18, 24].map((hours) => hours * 3_600_000)],
    [4 * 86_400_000, 4, [0, 1, 2, 3, 4].map((days) => days * 86_400_000)],
    [0, 5, [0]],
  ])("up to %d ms, about %d", (most, about, steps) => {
    expect(roundTimes(most, about)).toEqual(steps);
  });
});
