import { describe, expect, it } from "vitest";
import { exhaustionCell, heldCell, limitCell, rateCell, rateWithInterval } from "../../src/report/cells.js";
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
    [criterion("fds", unknown), "–"],
  ])("the rate", (result, text) => {
    expect(rateWithInterval(result)).toBe(text);
    expect(rateCell(result)).toBe(text.split(" (")[0]);
  });

  it.each([
    [undefined, "–"],
    [Infinity, "–"],
    [0, "0 ms"],
    [0.5, "30 min"],
    [9.2, "9.2 h"],
    [480, "20 d"],
    [24 * 365 * 4, "4 y"],
    [24 * 365 * 1e6, "> 100 y"],
  ])("%s hours left", (hoursToExhaustion, text) => {
    expect(exhaustionCell(criterion("fds", { hoursToExhaustion }))).toBe(text);
  });

  it("the limit", () => {
    expect(limitCell(criterion("memory", { limit: 64 * 1024 * megabyte }))).toBe("64 GiB");
    expect(limitCell(criterion("fds"))).toBe("1024");
    expect(limitCell(criterion("fds", unknown))).toBe("–");
  });
});
