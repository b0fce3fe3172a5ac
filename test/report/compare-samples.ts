import type { ComparedResource, ComparedScenario, Comparison } from "../../src/model/comparison.js";

/** A resource of which neither build left anything. */
export function compared(more: Partial<ComparedResource> = {}): ComparedResource {
  return {
    id: "tasks",
    unit: "count",
    outcome: "same",
    before: { rate: 0, low: 0, high: 0.0246 },
    after: { rate: 0, low: 0, high: 0.0246 },
    difference: { rate: 0, low: -0.0246, high: 0.0246 },
    chance: 1,
    alpha: 0.009,
    detectable: 0.0701,
    dispersion: 1,
    beyond: undefined,
    repeatsNeeded: undefined,
    why: undefined,
    ...more,
  };
}

export const worseFds: ComparedResource = compared({
  id: "fds",
  outcome: "worse",
  after: { rate: 0.04, low: 0.0147, high: 0.0871 },
  difference: { rate: 0.04, low: 0.0118, high: 0.0871 },
  chance: 0.00435,
});
export const memory: ComparedResource = compared({
  id: "memory",
  unit: "bytes",
  before: { rate: 2737, low: -308, high: 6092 },
  after: { rate: 3046, low: 594, high: 5801 },
  difference: { rate: 309, low: -3900, high: 4500 },
  chance: 0.41,
  alpha: 0.001,
  detectable: 14_900,
});
const open = (id: ComparedResource["id"]): ComparedResource =>
  compared({ id, outcome: "open", beyond: 0.004, repeatsNeeded: 7 });

export function comparedScenario(more: Partial<ComparedScenario> = {}): ComparedScenario {
  const side = { runs: 1, operations: 150 };
  const resources = [compared(), compared({ id: "processes" }), worseFds, memory];
  return {
    name: "connect-churn",
    before: side,
    after: side,
    resources,
    cannot: undefined,
    notes: [],
    ...more,
  };
}

export function comparison(more: Partial<Comparison> = {}): Comparison {
  const build = { runs: 1, operations: 150 };
  return {
    tool: "watertight 0.1.0",
    before: { ...build, where: "reports/old", commands: ["./old-server --port {port}"] },
    after: { ...build, where: "reports/new", commands: ["./new-server --port {port}"] },
    scenarios: [comparedScenario()],
    familyAlpha: 0.01,
    verdict: "regression",
    exitCode: 1,
    ...more,
  };
}

export const alike: Comparison = comparison({
  scenarios: [comparedScenario({ resources: [compared(), memory] })],
  verdict: "no regression",
  exitCode: 0,
});

/** Everything that a comparison can say, in several scenarios. */
export const mixed: Comparison = comparison({
  scenarios: [
    comparedScenario({
      before: { runs: 4, operations: 600 },
      after: { runs: 3, operations: 450 },
      resources: [
        open("tasks"),
        open("processes"),
        compared({
          id: "fds",
          outcome: "better",
          before: { rate: 0.1, low: 0.07, high: 0.14 },
          difference: { rate: -0.1, low: -0.14, high: -0.06 },
          chance: 0.000_001,
          detectable: 0.02,
        }),
        { ...memory, outcome: "within", beyond: 8192, dispersion: 4.2 },
        compared({
          id: "zombies",
          why: "more is there after than before, but by its judge it comes to rest: no leak",
        }),
        compared({
          id: "ptys",
          outcome: "not compared",
          before: undefined,
          after: undefined,
          difference: undefined,
          chance: undefined,
          alpha: undefined,
          detectable: undefined,
          dispersion: undefined,
          why: "before: PTYs could not be read",
        }),
      ],
      notes: [
        "reports/new/4 is left out: it broke: the target did not start",
        "not the same: the kernel, 6.1 before, 6.2 after",
      ],
    }),
    comparedScenario({
      name: "evil \u001b[2J|<b>name",
      after: { runs: 0, operations: 0 },
      resources: [],
      cannot: "there is no run of it in the build after, only in the one before",
    }),
  ],
  verdict: "undecided",
  exitCode: 3,
});
