import { describe, expect, it, test } from "vitest";
import { parseScenario } from "../../src/scenario/load.js";
import { estimateSize } from "../../src/scenario/estimate.js";
import { namedIn } from "../../src/scenario/normalise-engine.js";
import { withSize } from "../../src/scenario/size.js";
import { writeScenario } from "../../src/scenario/write.js";

const engineOf = (load: string) => parseScenario(`load: ${load}`, "a.yaml").load.engine;
const metric = '{url: "http://127.0.0.1:{port}/metrics", name: done_total}';

describe("the engine that a command names", () => {
  it.each([
    ["k6 run script.js", "k6"],
    ["/opt/bin/k6 run script.js", "k6"],
    ["npx autocannon --json http://127.0.0.1", "autocannon"],
    ["node node_modules/autocannon/autocannon.js --json", "autocannon"],
    ["sh -c 'echo GET / | vegeta attack | vegeta report -type=json'", "vegeta"],
    ["ssh loadhost wrk -d 5s http://web", "wrk"],
    ["python -m locust", "locust"],
    ["./load.sh k6.txt", undefined],
  ])("%s", (command, name) => expect(namedIn(command)).toBe(name));
});

test("a command is read with its defaults", () => {
  expect(engineOf("{command: k6 run a.js}")).toEqual({
    kind: "command",
    command: ["k6", "run", "a.js"],
    count: { from: "summary", of: "k6" },
    withinMs: 600_000,
  });
});

test("what is said of how it is counted comes before what the command names", () => {
  expect(engineOf("{command: k6 run a.js, engine: wrk}")).toMatchObject({ count: { of: "wrk" } });
  expect(engineOf(`{command: k6 run a.js, count: {metric: ${metric}}}`)).toMatchObject({
    count: { from: "metric", url: "http://127.0.0.1:{port}/metrics", name: "done_total" },
  });
});

describe("an external load", () => {
  test("may be one word", () => {
    const { load, production } = parseScenario("load: external", "a.yaml");
    expect(load).toMatchObject({
      durationMs: 600_000,
      batch: 10,
      warmup: 0,
      engine: { kind: "external", slotMs: 10_000 },
    });
    expect(production.sessionsPerHour).toBe(3600);
  });

  test("may have a metric, and then production is told in sessions", () => {
    const text = `load: {external: {metric: ${metric}, every: 5s}, duration: 10m}`;
    const { load, production } = parseScenario(text, "a.yaml");
    expect(load).toMatchObject({ batch: 5, engine: { slotMs: 5000, count: { name: "done_total" } } });
    expect(production.sessionsPerHour).toBe(120);
  });

  test("is shorter in a quick run, but has looks enough", () => {
    const scenario = parseScenario("load: external", "a.yaml");
    expect(withSize(scenario, { quick: true }).load).toMatchObject({
      operations: undefined,
      durationMs: 120_000,
    });
  });

  test("cannot be told a number of operations", () => {
    const scenario = parseScenario("load: external", "a.yaml");
    expect(() => withSize(scenario, { operations: 100 })).toThrow(
      "100 operations cannot be asked of an external engine",
    );
  });

  test("takes the time that it is given", () => {
    const { planned } = estimateSize(withSize(parseScenario("load: external", "a.yaml"), {}));
    expect(planned.totalMs).toBeGreaterThan(600_000);
    expect(planned.totalMs).toBeLessThan(700_000);
  });
});

test.each([
  "external",
  "{external: true, duration: 1h}",
  `{external: {metric: ${metric}, every: 5s}, duration: 10m}`,
  "{command: k6 run a.js, operations: 600, batch: 50}",
  "{command: [sh, -c, 'a b | c'], engine: wrk, within: 1m, duration: 5m}",
  "{command: ./load, count: {output: '(?P<landed>\\d+) done'}}",
  `{command: ./load, count: {metric: ${metric}}}`,
])("load: %s is written as it is read", (load) => {
  const scenario = withSize(parseScenario(`load: ${load}`, "a.yaml"), {});
  const again = withSize(parseScenario(writeScenario(scenario, "as it was"), "a.yaml"), {});
  expect(again.load).toEqual(scenario.load);
  expect(again.flows).toEqual([]);
});
