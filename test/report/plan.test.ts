import { describe, expect, it } from "vitest";
import type { CountPlan, CriterionPlan, ScenarioPlan } from "../../src/model/plan.js";
import { paintOf } from "../../src/report/paint.js";
import { type PlanDocument, renderPlanJson } from "../../src/report/plan-json.js";
import { type Asking, shortfallOf } from "../../src/report/plan-shortfall.js";
import { renderPlans } from "../../src/report/plan-text.js";

function count(id: CountPlan["id"], given: Partial<CountPlan> = {}): CountPlan {
  return {
    kind: "count",
    id,
    asked: undefined,
    detectable: 1 / 200,
    detectableAtMost: 1 / 600,
    isSure: true,
    reachedAfter: undefined,
    reach: undefined,
    mustBeUsed: false,
    ...given,
  };
}

const memory: CriterionPlan = {
  kind: "memory",
  id: "memory",
  asked: 20_480,
  budgetBytes: 128 * 1024 ** 2,
  isDefaultBudget: false,
  sessionsPerDay: 2880,
  bytesPerSession: 46_603,
};

const never = { asked: 1 / 1000, reach: "never", reachedAfter: 3000 } as const;
const criteria: readonly CriterionPlan[] = [
  count("tasks", { isSure: false, asked: 1 / 150, reach: "planned", reachedAfter: 450 }),
  count("processes", { asked: 1 / 400, reach: "going on", reachedAfter: 1200, mustBeUsed: true }),
  count("fds", never),
  memory,
  count("zombies", never),
  { kind: "dropped", id: "ptys", why: "no PTY in this server" },
];

function plan(given: Partial<ScenarioPlan> = {}): ScenarioPlan {
  return {
    name: "chat",
    path: "chat.yaml",
    warmup: 50,
    batch: 50,
    concurrency: 25,
    durationMs: undefined,
    planned: { operations: 600, batches: 12, totalMs: 17_400 },
    atMost: { operations: 1800, batches: 36, totalMs: 3_600_000 },
    criteria,
    ...given,
  };
}

const timed = { durationMs: 60_000, atMost: { operations: 1834, batches: 36, totalMs: 120_000 } };
const asking: Asking = { quick: false, hasDuration: false, loadMsFor: (operations) => 100 * operations };
const options = { paint: paintOf(false), width: 80, assumption: "30 ms for a step", power: 0.995 };

describe("renderPlans", () => {
  it.each([
    ["80", plan(), options],
    ["60", plan(), { ...options, width: 60 }],
    ["duration-80", plan(timed), options],
    ["fixed-80", plan({ atMost: plan().planned, criteria: criteria.slice(3) }), options],
  ])("%s", async (name, plan, options) => {
    const text = renderPlans([{ plan, shortfall: shortfallOf(plan, asking) }], options);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(options.width);
    await expect(text).toMatchFileSnapshot(`golden/plan-${name}.txt`);
  });

  it("passes no control character on", () => {
    const text = renderPlans([{ plan: plan({ name: "\u001b[31mred" }), shortfall: undefined }], options);
    expect(text).not.toContain("\u001b");
  });
});

describe("shortfallOf", () => {
  it("is undefined where all is within reach", () => {
    expect(shortfallOf(plan({ criteria: criteria.slice(0, 2) }), asking)).toBeUndefined();
  });

  it("tells criteria that ask for the same in one line", () => {
    expect(shortfallOf(plan(), asking)?.why).toBe(
      "fds, zombies: asked is 1 per 1000 operations; 1800 operations at most show 1 per 600 operations",
    );
    const other = count("tasks", { ...never, asked: 1 / 2000, reachedAfter: 6000 });
    const two = shortfallOf(plan({ criteria: [other, ...criteria.slice(2)] }), asking);
    expect(two?.why?.split("\n").map((line) => line.split(":")[0])).toEqual(["tasks", "fds, zombies"]);
    expect(two?.fix).toContain("operations: 6000");
  });

  it.each([
    [{}, {}, "write `load: {operations: 3000}`, or ask for less"],
    [timed, {}, "write `load: {duration: 5m}`, or ask for less"],
    [timed, { hasDuration: true }, "give it `--duration 5m`, for about 3000 operations; or ask for less"],
    [
      {},
      { quick: true },
      "leave out --quick, or write `quick: {operations: 3000}`, or ask less of it: `quick: {detect: 1 per 200 operations}`",
    ],
  ])(
    "says what would reach it, for a run of its own size, of a duration, of --duration, and quick: %#",
    (given, how, fix) => {
      expect(shortfallOf(plan(given), { ...asking, ...how })?.fix).toBe(fix);
    },
  );
});

describe("renderPlanJson", () => {
  const parts = { exitCode: 3, power: 0.995, assumption: "30 ms for a step" };

  it("has every field in every criterion, null where nothing is known", () => {
    const text = renderPlanJson({ ...parts, planned: [{ plan: plan(), shortfall: undefined }] });
    const document: PlanDocument = JSON.parse(text);
    expect(text.endsWith("}\n")).toBe(true);
    const [scenario] = document.scenarios;
    expect(scenario).toMatchObject({ durationMs: null, outOfReach: null });
    const keys = scenario?.criteria.map((each) => Object.keys(each).join(" "));
    expect(new Set(keys).size).toBe(1);
    expect(scenario?.criteria.find(({ id }) => id === "ptys")).toMatchObject({
      dropped: "no PTY in this server",
      detectable: null,
    });
    expect(scenario?.criteria.find(({ id }) => id === "memory")).toMatchObject({
      unit: "bytes",
      asked: 20_480,
      detectable: null,
      budgetBytes: 134_217_728,
    });
  });

  it("says what is out of reach", () => {
    const planned = [{ plan: plan(), shortfall: shortfallOf(plan(), asking) }];
    const document: PlanDocument = JSON.parse(renderPlanJson({ ...parts, planned }));
    expect(document.scenarios[0]?.outOfReach?.why).toMatch(/^fds, zombies: asked is/);
  });
});
