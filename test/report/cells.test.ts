import { describe, expect, it } from "vitest";
import {
  ceilingCell,
  exhaustionCell,
  exhaustionWithInterval,
  heldCell,
  limitCell,
  rateCell,
  rateWithInterval,
  seesCell,
} from "../../src/report/cells.js";
import { criterion, unknown } from "./samples.js";

const megabyte = 1024 ** 2;

describe("cells", () => {
  it.each([
    [criterion("fds", { baseline: 21, peak: 121, end: 120 }), "21 → 121 → 120"],
    [criterion("fds", { end: undefined }), "10 → 12 → –"],
    [criterion("fds", unknown), "–"],
    [criterion("memory", { baseline: megabyte, peak: 3 * megabyte, end: 2.5 * megabyte }), "1 → 3 → 2.5 MiB"],
    [criterion("memory", { baseline: 2048, peak: 3 * megabyte, end: megabyte }), "2 KiB → 3 MiB → 1 MiB"],
    [criterion("memory", { baseline: undefined, peak: megabyte, end: megabyte }), "– → 1 MiB → 1 MiB"],
  ])("what was held", (result, text) => {
    expect(heldCell(result)).toBe(text);
  });

  it.each([
    [criterion("fds", { perOperation: 0.099, low: 0.098, high: 0.1 }), "0.099 (0.098 to 0.1)"],
    [criterion("fds", { perOperation: 0, low: undefined }), "0"],
    [criterion("fds", { perOperation: 1e-9, low: -1e-9, high: 1 }), "< 0.0001 (> -0.0001 to 1)"],
    [criterion("memory", { perOperation: 2048, low: 0.2, high: 4096 }), "2 KiB (0 B to 4 KiB)"],
    [criterion("fds", { perHour: { rate: 60, low: 58, high: 62 } }), "60/h (58 to 62)"],
    [criterion("fds", unknown), "–"],
  ])("the rate", (result, text) => {
    expect(rateWithInterval(result)).toBe(text);
    expect(rateCell(result)).toBe(text.split(" (")[0]);
  });

  it.each([
    [undefined, "–"],
    [Infinity, "–"],
    [0, "now"],
    [0.5, "30 min"],
    [9.2, "9.2 h"],
    [480, "20 d"],
    [24 * 365 * 4, "4 y"],
    [24 * 365 * 1e6, "> 100 y"],
  ])("%s hours left", (hoursToExhaustion, text) => {
    expect(exhaustionCell(criterion("fds", { hoursToExhaustion }))).toBe(text);
  });

  it.each([
    [{ hoursToExhaustion: 9.1, hoursLow: 8.7, hoursHigh: 9.6 }, "9.1 h (8.7 to 9.6)"],
    [{ hoursToExhaustion: 37, hoursLow: 20, hoursHigh: 52 }, "37 h (20 h to 2.17 d)"],
    [{ hoursToExhaustion: 37, hoursLow: 20, hoursHigh: undefined }, "37 h (20 h or more)"],
    [{ hoursToExhaustion: 37, hoursLow: 20, hoursHigh: Infinity }, "37 h (20 h or more)"],
    [{ hoursToExhaustion: 37, hoursLow: 37, hoursHigh: 37.001 }, "37 h"],
    [{ hoursToExhaustion: 0, hoursLow: 0, hoursHigh: 0 }, "now"],
    [{ hoursToExhaustion: 1e7, hoursLow: 5e6, hoursHigh: 2e7 }, "> 100 y"],
    [{ hoursToExhaustion: 37 }, "37 h"],
    [{ hoursToExhaustion: undefined, hoursLow: 20 }, "–"],
  ])("hours left with their interval: %o", (hours, text) => {
    expect(exhaustionWithInterval(criterion("fds", hours))).toBe(text);
  });

  it.each([
    ["fds", 0.003, "1 per 333"],
    ["fds", 1, "1 per 1"],
    ["fds", 2.5, "2.5 each"],
    ["fds", Infinity, "nothing"],
    ["fds", undefined, "–"],
    ["fds", Number.NaN, "–"],
    ["memory", 1229, "1.2 KiB"],
  ] as const)("what %s of %s would have been seen", (id, detectable, text) => {
    expect(seesCell(criterion(id, { detectable }))).toBe(text);
  });

  it("the limit, and what sets it", () => {
    const limit = { limit: 1024, ceiling: "soft RLIMIT_NOFILE" };
    expect(ceilingCell(criterion("fds", limit))).toBe("1024 (soft RLIMIT_NOFILE)");
    expect(ceilingCell(criterion("fds"))).toBe("1024");
    expect(ceilingCell(criterion("fds", { ...limit, limit: undefined }))).toBe("–");
  });

  it("the limit", () => {
    expect(limitCell(criterion("memory", { limit: 64 * 1024 * megabyte }))).toBe("64 GiB");
    expect(limitCell(criterion("fds"))).toBe("1024");
    expect(limitCell(criterion("fds", unknown))).toBe("–");
  });
});
