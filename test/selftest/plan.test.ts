import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plantNames } from "../../src/gateway/plants/index.js";
import { loadScenario } from "../../src/scenario/load.js";
import { fitsIn } from "../../src/selftest/pace.js";
import { leastMs, type PlannedTrial, planTrials, spanMs, type Stage } from "../../src/selftest/plan.js";
import { plantings } from "../../src/selftest/plantings.js";

const scenarios = [...new Set(plantings.map(({ scenario }) => scenario))];
const stages: readonly Stage[] = scenarios.map((scenario) => ({ scenario, operations: 150, batch: 25 }));
const lanes = 2;

function labels(trials: readonly PlannedTrial[]): string[] {
  return trials.map(({ scenario, plant }) => (plant ? `${plant.name}:${plant.rate}` : scenario));
}

const some = fc.record({
  givenMs: fc.integer({ min: 1000, max: 3_600_000 }),
  plantings: fc.subarray([...plantings], { minLength: 1 }),
  lanes: fc.integer({ min: 1, max: 4 }),
});

describe("planTrials", () => {
  it("with two minutes: every plant at two rates, and every clean twin", () => {
    const { trials, untried } = planTrials({ givenMs: 120_000, plantings, stages, lanes });
    expect(untried).toEqual([]);
    for (const name of plantNames) {
      expect(trials.filter(({ plant }) => plant?.name === name).length, name).toBe(2);
    }
    expect(trials.filter(({ plant }) => !plant).map(({ scenario }) => scenario)).toEqual(scenarios);
  });

  it("with twenty minutes: 1 in 250 too, and twins as long as the longest", () => {
    const { trials } = planTrials({ givenMs: 1_500_000, plantings, stages, lanes });
    expect(labels(trials)).toContain("fd:0.004");
    const twins = trials.filter(({ plant }) => !plant);
    for (const { scenario, operations } of twins) {
      const own = trials.filter((trial) => trial.scenario === scenario);
      expect(operations).toBe(Math.max(...own.map((trial) => trial.operations)));
    }
  });

  it("with too little for all, names those that are left out", () => {
    const { trials, untried } = planTrials({ givenMs: 16_000, plantings, stages, lanes });
    const tried = labels(trials).filter((label) => label.includes(":"));
    expect(tried.length).toBeGreaterThan(0);
    expect(tried.length + untried.length).toBe(plantings.length);
  });

  it("fits, has a twin before each plant, and no plant at a rarer rate before all are at their first", () => {
    fc.assert(
      fc.property(some, (options) => {
        const { trials } = planTrials({ ...options, stages });
        expect(spanMs(trials, options.lanes)).toBeLessThanOrEqual(options.givenMs);
        for (const [index, { scenario, plant }] of trials.entries()) {
          const before = trials.slice(0, index);
          if (plant) expect(before.some((one) => one.scenario === scenario && !one.plant)).toBe(true);
        }
        const levels = trials.filter(({ plant }) => plant).map(({ level }) => level);
        expect(levels).toEqual(levels.toSorted((a, b) => a - b));
      }),
    );
  });

  it("has no trial twice", () => {
    fc.assert(
      fc.property(some, (options) => {
        const all = labels(planTrials({ ...options, stages }).trials);
        expect(new Set(all).size).toBe(all.length);
      }),
    );
  });

  it("tries something exactly when the least time is given", () => {
    fc.assert(
      fc.property(some, ({ plantings, lanes, givenMs }) => {
        const least = leastMs({ plantings, stages, lanes });
        const planned = planTrials({ plantings, stages, lanes, givenMs }).trials.length;
        expect(planned > 0).toBe(givenMs >= least);
      }),
    );
  });
});

describe("fitsIn", () => {
  const trial = { expectedMs: 10_000 };
  const slow = [{ expectedMs: 10_000, tookMs: 30_000 }];

  it.each([
    ["as planned", { givenMs: 20_000, elapsedMs: 10_000, done: [] }, true],
    ["a tenth over", { givenMs: 20_000, elapsedMs: 12_000, done: [] }, true],
    ["more than a tenth over", { givenMs: 20_000, elapsedMs: 12_001, done: [] }, false],
    ["on a slow machine", { givenMs: 60_000, elapsedMs: 30_000, done: slow }, true],
    ["on a slow machine, too late", { givenMs: 50_000, elapsedMs: 30_000, done: slow }, false],
  ])("%s", (_, elapsed, expected) => expect(fitsIn(trial, elapsed)).toBe(expected));
});

describe("plantings", () => {
  it("are all the plants that there are, in their order", () => {
    expect(plantings.map(({ plant }) => plant)).toEqual(plantNames);
  });

  it.each(scenarios)("%s is a shipped scenario around the reference gateway", async (name) => {
    const { target } = await loadScenario(name, { shippedDir: "scenarios", cwd: "." });
    expect(target.command[0]).toBe("{gateway}");
  });

  it("have rates that get rarer", () => {
    for (const { rates } of plantings) expect([...rates]).toEqual(rates.toSorted((a, b) => b - a));
  });
});
