import { describe, expect, it } from "vitest";
import type { CriterionResult } from "../../src/model/verdict.js";
import { impactLines, overallImpactLines } from "../../src/report/impact.js";
import { leakRate, timeToExhaustion } from "../../src/report/impact-words.js";
import { paintOf } from "../../src/report/paint.js";
import { broken, criterion, leaking, scenario, spreading } from "./samples.js";

const wide = { paint: paintOf(false), width: 160 };

describe("the leak rate in words", () => {
  const growing: Partial<CriterionResult> = { verdict: "fail", perOperation: 0.88, low: 0.86, high: 0.9 };

  it.each([
    [growing, "0.88 per operation (0.86 to 0.9)"],
    [{ ...growing, shape: "steady leak" }, "0.88 per operation (0.86 to 0.9)"],
    [{ ...growing, shape: "late leak" }, "late leak: 0.88 per operation (0.86 to 0.9)"],
    [
      { ...growing, shape: "leak over time", perHour: { rate: 12, low: 10, high: 14 } },
      "12 per hour (10 to 14), by time alone",
    ],
    [{ verdict: "fail", perOperation: 0 }, "no growth; see the finding"],
    [{ verdict: "fail", perOperation: undefined }, "no growth; see the finding"],
    [{}, "none; above 1 per 333 would have been seen"],
    [{ shape: "one-off step" }, "none (one-off step); above 1 per 333 would have been seen"],
    [{ detectable: undefined }, "none; at most 0.003 per operation"],
    [{ detectable: undefined, high: undefined }, "none"],
    [
      { perOperation: 0.01, low: 0.005, high: 0.02 },
      "0.01 per operation (0.005 to 0.02), within what is allowed",
    ],
    [
      { verdict: "inconclusive", perOperation: 0.01, low: -0.1, high: 0.1 },
      "unclear: 0.01 per operation (-0.1 to 0.1)",
    ],
    [{ verdict: "inconclusive", low: undefined, reason: "too few points" }, "unclear: too few points"],
    [{ verdict: "unchecked", reason: "the probe was lost" }, "not measured: the probe was lost"],
    [{ verdict: "dropped", reason: "it has no PTY" }, "not judged: it has no PTY"],
  ] as const)("%o", (given, text) => {
    expect(leakRate(criterion("fds", given))).toBe(text);
  });

  it("is in bytes for memory", () => {
    const given = { verdict: "fail", perOperation: 2048, low: 1024, high: 4096 } as const;
    expect(leakRate(criterion("memory", given))).toBe("2 KiB per operation (1 KiB to 4 KiB)");
  });
});

describe("the time to exhaustion in words", () => {
  it.each([
    [
      { hoursToExhaustion: 37, hoursLow: 36, hoursHigh: 38, limit: 4096, ceiling: "soft RLIMIT_NOFILE" },
      "37 h (36 to 38) to soft RLIMIT_NOFILE 4096",
    ],
    [{ hoursToExhaustion: 37 }, "37 h to the limit 1024"],
    [{ hoursToExhaustion: 37, limit: undefined }, "37 h"],
    [{}, "–"],
  ])("%o", (given, text) => {
    expect(timeToExhaustion(criterion("fds", given))).toBe(text);
  });
});

describe("the table", () => {
  it("is shown for a scenario with a finding alone, one row for each of its criteria", () => {
    expect(impactLines(scenario(), wide)).toEqual([]);
    const lines = impactLines(leaking(), wide);
    expect(lines[0]).toBe("  Impact at 1000 sessions an hour");
    expect(lines[1]).toMatch(/^ {2}resource +leak rate +time to exhaustion$/);
    expect(lines.slice(2).map((line) => line.trim().split(/ {2,}/)[0])).toEqual([
      "goroutines/tasks",
      "processes",
      "zombies",
      "file descriptors",
      "memory",
      "PTY devices",
    ]);
    expect(impactLines({ ...leaking(), sessionsPerHour: undefined }, wide)[0]).toBe("  Impact");
  });

  it("of a run takes what runs out first, then what is not known, then the pass that saw least", () => {
    const [one] = leaking().criteria.filter(({ id }) => id === "fds");
    if (!one) throw new Error("the sample has no fds");
    const sooner = leaking({ name: "sooner", criteria: [{ ...one, hoursToExhaustion: 3 }] });
    const never = leaking({ name: "never", criteria: [{ ...one, hoursToExhaustion: undefined }] });
    const lines = overallImpactLines([never, leaking(), sooner, scenario(), broken()], wide);
    const row = (name: string) => lines.find((line) => line.trim().startsWith(name));
    expect(row("file descriptors")).toContain("[sooner]");
    expect(row("memory")).toContain("unclear: 12 B per operation (-100 B to 130 B) [error-storm]");
    const blind = scenario({ criteria: [criterion("zombies", { detectable: 0.1 })] });
    const passed = overallImpactLines([scenario(), blind, scenario()], wide);
    expect(passed.find((line) => line.includes("zombies"))).toMatch(/none; above 1 per 10 would have been/);
  });

  it("leaves out the scenarios that broke", () => {
    expect(overallImpactLines([broken(), broken()], wide)).toEqual([]);
    expect(overallImpactLines([broken(), scenario()], wide).join("\n")).not.toContain("not measured");
  });

  it("is a list at a narrow terminal", () => {
    expect(impactLines(spreading(), { ...wide, width: 60 }).slice(0, 7)).toEqual([
      "  Impact at 1000 sessions an hour",
      "  goroutines/tasks",
      "    leak rate 60 per hour (58.5 to 61.4), by time alone",
      "    exhausted in 6.92 d (6.75 to 7.13) to mark for trouble",
      "      10000",
      "  processes",
      "    leak rate rare leak: 0.004 per operation (0 to 0.009)",
    ]);
  });
});
