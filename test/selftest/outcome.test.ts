import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Trial, TrialOutcome } from "../../src/model/selftest.js";
import type { CriterionId, CriterionResult, ScenarioResult } from "../../src/model/verdict.js";
import { claimsTooMuch } from "../../src/selftest/claim.js";
import { outcomeOf } from "../../src/selftest/outcome.js";
import type { Planting } from "../../src/selftest/plantings.js";
import { criterion } from "../report/samples.js";
import { memory, pty, run } from "./samples.js";

const trial: Trial = { scenario: "goose-churn", plant: { name: "pty", rate: 0.1 }, operations: 100 };
const fail = { verdict: "fail" } as const;
const unsure = { verdict: "inconclusive" } as const;
type Given = Partial<Record<CriterionId, Partial<CriterionResult>>>;

function outcome(planting: Planting | undefined, reported: number, ran: ScenarioResult): TrialOutcome {
  return outcomeOf({ trial, planting, reported, run: ran }).outcome;
}

describe("a plant", () => {
  it.each<{ when: string; reported: number; given: Given; expected: TrialOutcome }>([
    { when: "its own criterion fails", reported: 10, given: { ptys: fail }, expected: "found" },
    {
      when: "its own and another of its kin fail",
      reported: 10,
      given: { ptys: fail, fds: fail },
      expected: "found",
    },
    { when: "only another of its kin fails", reported: 10, given: { fds: fail }, expected: "found" },
    { when: "a foreign criterion fails", reported: 10, given: { tasks: fail }, expected: "accused" },
    {
      when: "a foreign one fails beside its own",
      reported: 10,
      given: { ptys: fail, tasks: fail },
      expected: "accused",
    },
    { when: "it fails, and nothing was planted", reported: 0, given: { ptys: fail }, expected: "accused" },
    { when: "it passes, though it says it sees less", reported: 10, given: {}, expected: "missed" },
    { when: "it passes, and says it sees no less", reported: 3, given: {}, expected: "below" },
    { when: "nothing was planted, and it passes", reported: 0, given: {}, expected: "below" },
    {
      when: "it is unsure, and the leak is rarer than what it sees",
      reported: 2,
      given: { ptys: unsure },
      expected: "below",
    },
    {
      when: "it is unsure, and should have seen the leak",
      reported: 10,
      given: { ptys: unsure },
      expected: "unclear",
    },
    {
      when: "it is unsure, and says not what it sees",
      reported: 1,
      given: { ptys: { ...unsure, detectable: undefined } },
      expected: "unclear",
    },
    {
      when: "it was not checked",
      reported: 10,
      given: { ptys: { verdict: "unchecked", detectable: undefined } },
      expected: "unclear",
    },
    {
      when: "it passes without a stated power",
      reported: 10,
      given: { ptys: { detectable: undefined, high: undefined } },
      expected: "missed",
    },
  ])("$when: $expected", ({ reported, given, expected }) => {
    expect(outcome(pty, reported, run(given))).toBe(expected);
  });

  it.each<[string, Partial<CriterionResult>, TrialOutcome]>([
    ["over its budget", { verdict: "fail" }, "found"],
    ["measured, and within its budget", { low: 90, high: 110, detectable: 20 }, "allowed"],
    ["within the noise", { low: -10, high: 110, detectable: 120 }, "below"],
    ["said to be less than it is", { low: 10, high: 20, detectable: 20 }, "missed"],
  ])("that keeps memory: %s", (_, given, expected) => {
    // 10 leaks of 1 KiB in 100 operations: 102.4 bytes each.
    expect(outcome(memory, 10, run({ memory: given }))).toBe(expected);
  });

  it("counts only what lasts to the end", () => {
    const lasting = { ...pty, lasts: 0.64 };
    const { planted, truth } = outcomeOf({
      trial,
      planting: lasting,
      reported: 15,
      run: run({ ptys: fail }),
    });
    expect(planted).toBe(10);
    expect(truth).toBeCloseTo(0.096);
  });

  it("is not known where nothing landed", () => {
    const idle = run({}, { operations: { landed: 0, failed: 0, byFlow: {} } });
    expect(outcomeOf({ trial, planting: pty, reported: 0, run: idle })).toMatchObject({
      outcome: "unclear",
      truth: undefined,
    });
  });

  it("rests on its own criterion where several failed", () => {
    const ran = run({ fds: fail, ptys: { ...fail, reason: "10 masters were left" } });
    const { criterion, reason } = outcomeOf({ trial, planting: pty, reported: 10, run: ran });
    expect({ id: criterion?.id, reason }).toEqual({ id: "ptys", reason: "ptys: 10 masters were left" });
  });

  it("never is a pass that claims more than is true, whatever the numbers", () => {
    const numbers = fc.record({
      reported: fc.nat(100),
      detectable: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(numbers, ({ reported, detectable }) => {
        const found = outcome(pty, reported, run({ ptys: { detectable } }));
        expect(found === "missed").toBe(reported / 100 > detectable);
      }),
    );
  });
});

describe("the clean twin", () => {
  it.each<[Given, TrialOutcome]>([
    [{}, "clean"],
    [{ memory: { verdict: "dropped" } }, "clean"],
    [{ tasks: fail }, "accused"],
    [{ tasks: unsure }, "unclear"],
    [{ tasks: { verdict: "unchecked" } }, "unclear"],
    [{ tasks: unsure, fds: fail }, "accused"],
  ])("%j: %s", (given, expected) => expect(outcome(undefined, 0, run(given))).toBe(expected));

  it("says what each criterion would have seen, or its upper bound where it does not say", () => {
    const ran = run({
      tasks: { detectable: undefined, high: 0.05 },
      fds: { detectable: Number.POSITIVE_INFINITY },
      ptys: { verdict: "dropped" },
    });
    const { detectable } = outcomeOf({ trial, planting: undefined, reported: 0, run: ran });
    expect(detectable).toEqual({ tasks: 0.05, processes: 0.03, memory: 0.03, zombies: 0.03 });
  });
});

describe("a run that did not come to its end", () => {
  it.each([pty, undefined])("is no verdict on the instrument", (planting) => {
    expect(outcome(planting, 5, run({}, { interrupted: true }))).toBe("interrupted");
    const broke = run({}, { verdict: "broke", broke: "the target died" });
    expect(outcomeOf({ trial, planting, reported: 5, run: broke })).toMatchObject({
      outcome: "broke",
      reason: "the target died",
    });
  });
});

describe("claimsTooMuch", () => {
  it("only of a pass", () => {
    for (const verdict of ["fail", "inconclusive", "unchecked", "dropped"] as const) {
      expect(claimsTooMuch(criterion("fds", { verdict, detectable: 0.01 }), 1)).toBe(false);
    }
    expect(claimsTooMuch(criterion("fds", { detectable: 0.01 }), 1)).toBe(true);
  });
});
