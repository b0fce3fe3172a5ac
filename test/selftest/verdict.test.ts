import { describe, expect, it } from "vitest";
import type { TrialOutcome, TrialResult } from "../../src/model/selftest.js";
import { exitCodeOf, neverFound } from "../../src/selftest/exit-code.js";
import { sightsOf } from "../../src/selftest/sights.js";
import { criterion } from "../report/samples.js";
import { goodTrials, planted, twin } from "../report/selftest-samples.js";

const connect = twin("connect-churn");
const found = planted("fd", 1);
const rarer = (outcome: TrialOutcome): TrialResult => planted("fd", 0.1, { outcome });

describe("exitCodeOf", () => {
  it.each<[string, number, readonly TrialResult[]]>([
    ["all found, all clean", 0, [connect, found]],
    ["one is too rare to be seen", 0, [connect, found, rarer("below")]],
    ["one is within the budget", 0, [connect, found, rarer("allowed")]],
    ["one was missed", 1, [connect, found, rarer("missed")]],
    ["the innocent was accused", 1, [twin("connect-churn", { outcome: "accused" }), found]],
    ["missed weighs more than broke", 1, [connect, rarer("broke"), rarer("missed")]],
    ["one broke", 4, [connect, found, rarer("broke")]],
    ["broke weighs more than unclear", 4, [connect, rarer("unclear"), rarer("broke")]],
    ["one is unclear", 3, [connect, found, rarer("unclear")]],
    ["one was stopped", 3, [connect, found, rarer("interrupted")]],
    ["a plant was found at no rate", 3, [connect, rarer("below")]],
    ["no clean twin ran", 3, [found]],
    ["the clean twin of another scenario ran", 3, [twin("error-storm"), found]],
    ["nothing ran", 3, []],
  ])("%s: %i", (_, code, trials) => expect(exitCodeOf({ trials, untried: [] })).toBe(code));

  it("is no pass where a plant was not tried", () => {
    expect(exitCodeOf({ trials: [connect, found], untried: ["pty"] })).toBe(3);
  });
});

it("neverFound names each plant once", () => {
  const trials = [connect, found, rarer("below"), planted("pty", 1, { outcome: "below" })];
  expect(neverFound([...trials, planted("pty", 0.1, { outcome: "below" })])).toEqual(["pty"]);
});

it("neverFound does not blame a plant for a run that was stopped", () => {
  expect(neverFound([connect, rarer("interrupted")])).toEqual([]);
});

describe("sightsOf", () => {
  it("the twin's power where a plant was caught, and the smallest that was", () => {
    expect(sightsOf(goodTrials)).toEqual([
      { criterion: "fds", unit: "count", detectable: 0.0188, caught: 13 / 150 },
      expect.objectContaining({ criterion: "memory", unit: "bytes", detectable: 4516 }),
    ]);
  });

  it("takes no plant that was caught by another criterion than its own", () => {
    const byFds = planted("pty", 1, { criterion: criterion("fds", { verdict: "fail" }) });
    expect(sightsOf([connect, byFds])).toEqual([]);
  });

  it("says nothing without a clean twin of the same scenario", () => {
    expect(sightsOf([found, twin("error-storm")])).toEqual([]);
    expect(sightsOf([found, twin("connect-churn", { outcome: "unclear" })])).toEqual([]);
    expect(sightsOf([connect, rarer("missed")])).toEqual([]);
  });
});
