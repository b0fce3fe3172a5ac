import { describe, expect, it } from "vitest";
import type { SelftestResult } from "../../src/model/selftest.js";
import { renderSelftestJson, type SelftestDocument } from "../../src/report/selftest-json.js";
import { renderSelftest } from "../../src/report/selftest.js";
import { textWidth } from "../../src/report/text-width.js";
import { oneIn, rateText, rateTight } from "../../src/report/trial-text.js";
import { criterion } from "./samples.js";
import { badTrials, planted, selftest } from "./selftest-samples.js";

const options = { colour: false, width: 80 };
const bad = selftest({
  exitCode: 1,
  trials: badTrials,
  untried: ["pty", "scanner"],
  neverFound: ["fd"],
  proof: { ...selftest().proof, sights: [] },
  notes: ["not kept for later reports: EACCES: permission denied, mkdir '/home/a'"],
});
const nothing = selftest({ exitCode: 130, trials: [], proof: { ...selftest().proof, sights: [] } });

describe("renderSelftest", () => {
  it.each<[string, SelftestResult, typeof options]>([
    ["good-80", selftest(), options],
    ["good-60", selftest(), { ...options, width: 60 }],
    ["bad-80", bad, options],
    ["bad-60", bad, { ...options, width: 60 }],
    ["bad-colour", bad, { colour: true, width: 100 }],
    ["nothing-80", nothing, options],
  ])("%s", async (name, result, given) => {
    await expect(renderSelftest(result, given)).toMatchFileSnapshot(`golden/selftest-${name}.txt`);
  });

  it("keeps within the width", () => {
    const lines = renderSelftest(selftest(), options).split("\n");
    for (const line of lines) expect(textWidth(line), line).toBeLessThanOrEqual(80);
  });

  it("is a list where a table does not fit", () => {
    const scenario = "a".repeat(70);
    const text = renderSelftest(selftest({ trials: [planted("fd", 1, { scenario })] }), options);
    expect(text).toContain(`  fd:1 in ${scenario}: found under fds\n    planted 1 in 1\n`);
  });

  it("says that a clean twin was not run", () => {
    const text = renderSelftest(selftest({ trials: [planted("fd", 1)] }), options);
    expect(text).toMatch(/^ {2}connect-churn +– +– +not run +–\n {4}fd /m);
    expect(text).toContain("clean twins: 0 of 0 pass");
  });

  it("colour changes no text", () => {
    const coloured = renderSelftest(bad, { ...options, colour: true });
    expect(coloured.replaceAll(/\u001b\[\d+m/g, "")).toBe(renderSelftest(bad, options));
  });

  it.each([
    [0, "pass: "],
    [1, "fail: do not trust the tool on this machine"],
    [3, "inconclusive: "],
    [4, "broke: "],
    [130, "inconclusive: stopped by hand"],
  ])("exit code %i ends with %s", (exitCode, start) => {
    const last = renderSelftest(selftest({ exitCode }), options).trimEnd().split("\n").at(-1);
    expect(last?.startsWith(start), last).toBe(true);
  });

  it("lets no text of the target act on the terminal", () => {
    const evil = "\u001b]0;owned\u0007\n\u202ekcab";
    const trials = [planted("fd", 1, { outcome: "broke", reason: evil })];
    const text = renderSelftest(selftest({ trials, notes: [evil] }), options);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(text).toContain(String.raw`\x1b]0;owned\x07\x0a\u202ekcab`);
  });
});

describe("renderSelftestJson", () => {
  it("holds everything, with null for what is not known", () => {
    const document: SelftestDocument = JSON.parse(renderSelftestJson(bad));
    expect(document).toMatchObject({ version: 1, verdict: "fail", exitCode: 1, untried: ["pty", "scanner"] });
    expect(document.trials).toHaveLength(badTrials.length);
    expect(document.trials[0]).toMatchObject({ plant: null, truth: null, outcome: "accused" });
    expect(document.trials[5]).toMatchObject({ plant: { name: "half-closed", rate: 1 }, criterion: null });
    expect(document.trials[1]?.criterion).toMatchObject({ detectable: 0.02, hoursToExhaustion: null });
  });
});

describe("a rate", () => {
  it.each([
    [1, "1 in 1"],
    [0.1, "1 in 10"],
    [0.02, "1 in 50"],
    [0.004, "1 in 250"],
    [0.0188, "1 in 53"],
  ])("%d is %s", (rate, text) => expect(oneIn(rate)).toBe(text));

  it("says a shared unit once", () => {
    const bytes = { unit: "bytes", perOperation: 2048, low: 1024, high: 3072 } as const;
    expect(rateTight(criterion("memory", bytes))).toBe("2 (1 to 3) KiB");
    expect(rateTight(criterion("memory", { ...bytes, low: -1 }))).toBe("2 KiB (-1 B to 3 KiB)");
    expect(rateTight(criterion("fds", { perOperation: 0.1, low: 0.05, high: 0.2 }))).toBe(
      "0.1 (0.05 to 0.2)",
    );
  });

  it.each([
    [0.02, "count", "1 in 50 operations"],
    [0.88, "count", "0.88 per operation"],
    [4516, "bytes", "4.41 KiB per operation"],
  ] as const)("%d %s is told as %s", (rate, unit, text) => expect(rateText(rate, unit)).toBe(text));
});
