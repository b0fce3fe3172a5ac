import { describe, expect, it } from "vitest";
import { compareRuns } from "../../src/compare/compare-runs.js";
import type { RunReading } from "../../src/compare/reading.js";
import type { Beyond, ComparedResource, Comparison } from "../../src/model/comparison.js";
import type { CriterionId } from "../../src/model/verdict.js";
import { growth, leaky, left, type Plan, reading } from "./readings.js";

function compare(before: readonly Plan[], after: readonly Plan[], beyond: Beyond = {}): Comparison {
  const build = (where: string, plans: readonly Plan[]) => ({ where, runs: plans.map(reading) });
  return compareRuns(build("old", before), build("new", after), { tool: "watertight", beyond });
}

function resource({ scenarios }: Comparison, id: CriterionId, name = "churn"): ComparedResource {
  const found = scenarios.find((one) => one.name === name)?.resources.find((one) => one.id === id);
  if (!found) throw new Error(`no ${id} in ${name}`);
  return found;
}

const leakyFds: Plan = { counts: { fds: leaky } };

describe("compareRuns", () => {
  it("tells of a leak of 6 in 150 operations against none, from one run of each", () => {
    const found = compare([{}], [leakyFds]);
    expect(found).toMatchObject({ verdict: "regression", exitCode: 1 });
    expect(resource(found, "fds")).toMatchObject({ outcome: "worse", difference: { rate: 0.04 } });
    expect(resource(found, "fds").difference?.low).toBeGreaterThan(0);
    expect(resource(found, "tasks").outcome).toBe("same");
  });

  it("tells of none where neither build leaves anything, and what it would have seen", () => {
    const found = compare([{}], [{}]);
    expect(found).toMatchObject({ verdict: "no regression", exitCode: 0 });
    expect(resource(found, "ptys")).toMatchObject({ outcome: "same", chance: 1 });
    expect(1 / (resource(found, "ptys").detectable ?? 0)).toBeGreaterThan(10);
  });

  it("tells of an improvement, which is no regression", () => {
    const found = compare([leakyFds], [{}]);
    expect(found.exitCode).toBe(0);
    expect(resource(found, "fds").outcome).toBe("better");
  });

  it("finds no difference where both leak alike", () => {
    expect(
      resource(compare([leakyFds], [{ counts: { fds: left([0, 2, 1, 1, 2, 1]) } }]), "fds").outcome,
    ).toBe("same");
  });

  it("takes one clump for one event", () => {
    const found = compare([{}], [{ counts: { fds: left([0, 0, 7, 0, 0, 0]) } }]);
    expect(resource(found, "fds").outcome).toBe("same");
    expect(resource(found, "fds").dispersion).toBeGreaterThan(5);
  });

  it("takes what comes to rest by its judge for no leak, and says so", () => {
    const pool = left([2, 2, 1, 1, 1, 1], { passes: true });
    const fds = resource(compare([{}], [{ counts: { fds: pool } }]), "fds");
    expect(fds).toMatchObject({ outcome: "same", why: expect.stringContaining("comes to rest") });
  });

  it("asks for more where several resources could be told", () => {
    const all = { counts: { tasks: leaky, processes: leaky, fds: leaky, zombies: leaky, ptys: leaky } };
    expect(resource(compare([all], [all]), "fds").alpha).toBeLessThan(
      resource(compare([{}], [leakyFds]), "fds").alpha ?? 0,
    );
  });

  it("counts what varies between the repeats: more runs, less sure", () => {
    const runs = (units: readonly number[]): Plan[] =>
      units.map((each) => ({ counts: { fds: left([each, each, each, each, each, each]) } }));
    const steady = compare(runs([2, 2, 2, 2]), runs([4, 4, 4, 4]));
    const varying = compare(runs([0, 4, 1, 3]), runs([1, 5, 0, 6]));
    expect(resource(steady, "fds").outcome).toBe("worse");
    expect(resource(varying, "fds").outcome).toBe("same");
  });

  it("adds up repeats: what one pair cannot tell, four can", () => {
    const rare: Plan = { counts: { fds: left([0, 1, 0, 1, 0, 1]) } };
    expect(resource(compare([{}], [rare]), "fds").outcome).toBe("same");
    expect(resource(compare([{}, {}, {}, {}], [rare, rare, rare, rare]), "fds").outcome).toBe("worse");
  });
});

describe("memory", () => {
  const memory = (...growths: (readonly [number, number])[]): Plan[] =>
    growths.map(([center, scale]) => ({ memory: growth(center, scale) }));
  const outcome = (before: Plan[], after: Plan[]): string =>
    resource(compare(before, after), "memory").outcome;

  it("is worse where it surely grows faster", () => {
    expect(outcome(memory([0, 500]), memory([5000, 500]))).toBe("worse");
    expect(outcome(memory([0, 500]), memory([1500, 500]))).toBe("same");
    expect(outcome(memory([5000, 500]), memory([0, 500]))).toBe("better");
  });

  it("is not worse for no longer shrinking", () => {
    expect(outcome(memory([-9000, 500]), memory([100, 500]))).toBe("same");
  });

  it("is not told from runs that disagree", () => {
    expect(outcome(memory([0, 500], [0, 500]), memory([1000, 500], [9000, 500]))).toBe("same");
  });

  it("is known better from more runs", () => {
    const four = (center: number): Plan[] =>
      memory(...Array.from({ length: 4 }, () => [center, 500] as const));
    expect(outcome(memory([0, 500]), memory([2000, 500]))).toBe("same");
    expect(outcome(four(0), four(2000))).toBe("worse");
  });
});

describe("what is allowed", () => {
  const many = Array.from({ length: 12 }, () => ({}));

  it("is a regression only beyond it", () => {
    expect(compare([{}], [leakyFds], { fds: 0.1 }).verdict).toBe("no regression");
    expect(compare([{}], [leakyFds], { fds: 0.005 }).verdict).toBe("regression");
  });

  it("is open where there is too little to tell, with the repeats that would be enough", () => {
    const found = compare([{}], [{}], { fds: 0.004 });
    expect(found).toMatchObject({ verdict: "undecided", exitCode: 3 });
    const { repeatsNeeded = 0 } = resource(found, "fds");
    const enough = Array.from({ length: repeatsNeeded }, () => ({}));
    expect(resource(compare(enough, enough, { fds: 0.004 }), "fds").outcome).toBe("within");
  });

  it("is kept, surely, where there is enough", () => {
    expect(compare(many, many, { fds: 0.004 })).toMatchObject({ verdict: "no regression", exitCode: 0 });
  });

  it("is open where the resource was not compared", () => {
    const blind: Plan = { counts: { ptys: "PTYs could not be read" } };
    expect(compare(many, [blind], { ptys: 0.5 }).verdict).toBe("undecided");
    expect(compare(many, [blind]).verdict).toBe("no regression");
  });
});

describe("what cannot be compared", () => {
  const cannot = (before: Plan[], after: Plan[]) => compare(before, after).scenarios[0]?.cannot;
  const run = reading().run;

  it("is told for each scenario", () => {
    const found = compare([{ scenario: "a" }], [{ scenario: "b" }]);
    expect(found).toMatchObject({ verdict: "undecided", exitCode: 3 });
    expect(found.scenarios.map((one) => one.cannot)).toEqual([
      "there is no run of it in the build after, only in the one before",
      "there is no run of it in the build before, only in the one after",
    ]);
  });

  it("leaves scenarios out that only one has, and compares the others", () => {
    const found = compare([{ scenario: "a" }, { scenario: "b" }], [{ scenario: "a", ...leakyFds }]);
    expect(found.exitCode).toBe(1);
  });

  it("leaves out runs that broke, and says so", () => {
    const broke: Plan = { where: "runs/2", unusable: "it broke: the target died" };
    const found = compare([{}, broke], [{}]);
    expect(found.scenarios[0]).toMatchObject({
      before: { runs: 1 },
      notes: ["runs/2 is left out: it broke: the target died"],
    });
    expect(cannot([broke], [{}])).toBe("no run of the build before can be compared");
  });

  it("is another flow under the same name, or another generator", () => {
    const other = { ...run.scenario, flows: [{ name: "rude", weight: 1, steps: [] }] };
    expect(cannot([{}], [{ run: { scenario: other } }])).toContain("flows are not the same");
    const engine = { ...run.scenario.load, engine: { kind: "external" } as never };
    expect(cannot([{}], [{ run: { scenario: { ...run.scenario, load: engine } } }])).toContain(
      "the same generator",
    );
  });

  it("is a resource that is measured by another thing there", () => {
    const threads = left([0, 0, 0, 0, 0, 0], { by: "threads" });
    const found = compare([{}], [{ counts: { tasks: threads } }]);
    expect(resource(found, "tasks").outcome).toBe("not compared");
  });

  it("is not what the scenario dropped: that is left out", () => {
    const dropped = { ...run.scenario.criteria, memory: { dropped: true, why: "too short" } as const };
    const scenario = { ...run.scenario, criteria: dropped };
    const { scenarios } = compare([{ run: { scenario } }], [{ run: { scenario } }]);
    expect(scenarios[0]?.resources.map(({ id }) => id)).not.toContain("memory");
  });
});

it("notes what differs beside the build", () => {
  const { system, scenario } = reading().run;
  const load = { ...scenario.load, concurrency: 99 };
  const after: Partial<RunReading["run"]> = {
    system: { ...system, kernel: "7.0", cpus: 64 },
    scenario: { ...scenario, load },
    quick: true,
  };
  expect(compare([{}], [{ run: after }]).scenarios[0]?.notes).toEqual([
    "not the same: the kernel, 6.18 before, 7.0 after",
    "not the same: the processors, 2 before, 64 after",
    "not the same: the size, full before, quick after",
    "not the same: sessions at a time, 10 before, 99 after",
  ]);
});

it("is the same whatever the order of the runs", () => {
  const runs: Plan[] = [leakyFds, {}, { counts: { fds: left([3, 0, 1, 0, 0, 0]) } }];
  const [one, other] = [compare(runs, [{}]), compare(runs.toReversed(), [{}])];
  expect(resource(one, "fds")).toEqual(resource(other, "fds"));
});
