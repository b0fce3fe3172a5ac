import { describe, expect, it } from "vitest";
import { plannedPower } from "../../src/judge/planned-power.js";
import type { CriterionPlan } from "../../src/model/plan.js";
import { parseScenario } from "../../src/scenario/load.js";
import { criterionIds, type CriterionId } from "../../src/model/verdict.js";

function plansOf(
  criteria: object,
  operations: { planned: number; atMost: number },
): readonly CriterionPlan[] {
  const file = { flows: { a: { steps: ["connect"] } }, load: { operations: 600, batch: 50 }, criteria };
  const { planned, atMost } = operations;
  return plannedPower(parseScenario(JSON.stringify(file), "a.yaml"), {
    planned: { operations: planned },
    atMost: { operations: atMost },
  });
}

function planOf(id: CriterionId, rule: object, atMost = 1800): CriterionPlan | undefined {
  return plansOf({ [id]: rule }, { planned: 600, atMost }).find((plan) => plan.id === id);
}

describe("plannedPower", () => {
  it("has a plan for every criterion, in their order", () => {
    expect(plansOf({}, { planned: 600, atMost: 1800 }).map(({ id }) => id)).toEqual(criterionIds);
  });

  it.each([
    ["nothing asked", {}, { asked: undefined, reachedAfter: undefined, reach: undefined }],
    ["within the plan", { detect: "1 per 80 operations" }, { reachedAfter: 450, reach: "planned" }],
    ["exactly the plan", { detect: "1 per 113 operations" }, { reachedAfter: 600, reach: "planned" }],
    ["beyond the plan", { detect: "1 per 220 operations" }, { reachedAfter: 1200, reach: "going on" }],
    ["at the end of going on", { detect: "1 per 339 operations" }, { reachedAfter: 1800, reach: "going on" }],
    ["out of reach", { detect: "1 per 340 operations" }, { reachedAfter: 1850, reach: "never" }],
    ["must be used", { used: true }, { mustBeUsed: true }],
  ])("%s", (_name, rule, expected) => expect(planOf("ptys", rule)).toMatchObject(expected));

  it("goes no further than it may", () => {
    expect(planOf("ptys", { detect: "1 per 220 operations" }, 600)).toMatchObject({ reach: "never" });
  });

  it("is not sure of tasks, which have no identity, nor where some may be left", () => {
    expect(planOf("tasks", {})).toMatchObject({ isSure: false });
    expect(planOf("fds", { allow: 2 })).toMatchObject({ isSure: false });
    expect(planOf("fds", {})).toMatchObject({ isSure: true, detectable: expect.closeTo(0.0088, 4) });
  });

  it("tells a dropped one with its reason", () => {
    expect(planOf("ptys", { drop: "none here" })).toEqual({ kind: "dropped", id: "ptys", why: "none here" });
  });

  it("claims no power for memory, only what the budget leaves for a session", () => {
    const mebibyte = 1024 ** 2;
    expect(planOf("memory", { budget: "2880MiB", detect: "20KiB per operation" })).toEqual({
      kind: "memory",
      id: "memory",
      asked: 20_480,
      budgetBytes: 2880 * mebibyte,
      isDefaultBudget: false,
      sessionsPerDay: 2880,
      bytesPerSession: mebibyte,
    });
    expect(planOf("memory", {})).toMatchObject({ isDefaultBudget: true, budgetBytes: 64 * mebibyte });
  });
});
