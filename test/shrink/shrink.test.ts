import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Scenario } from "../../src/model/scenario.js";
import { parseScenario } from "../../src/scenario/load.js";
import { withSize } from "../../src/scenario/size.js";
import { shrink } from "../../src/shrink/shrink.js";

const path = join(import.meta.dirname, "../../scenarios/goose-churn.yaml");
const whole = withSize(parseScenario(readFileSync(path, "utf8"), path), {});

interface Given {
  readonly fails: (candidate: Scenario) => boolean;
  readonly suspects?: readonly string[];
  readonly perOperation?: number;
  readonly mostTries?: number;
}

async function shrunk({ fails, suspects = [], perOperation, mostTries = 1000 }: Given) {
  const tries: string[] = [];
  const scenario = await shrink({
    scenario: whole,
    suspects,
    perOperation,
    fails: async (candidate, what) => {
      tries.push(what);
      return fails(candidate);
    },
    isOver: () => tries.length >= mostTries,
  });
  return { scenario, tries };
}

/** It leaks where a session is dropped. */
function drops({ flows }: Scenario): boolean {
  return flows.some(({ steps }) => steps.some(({ kind }) => kind === "drop"));
}

it("comes down to the one flow, step and batch that it takes", async () => {
  const { scenario } = await shrunk({ fails: drops });
  expect(scenario.flows.map(({ name, steps }) => [name, steps.map(({ kind }) => kind)])).toEqual([
    ["dropped", ["drop"]],
  ]);
  expect(scenario.load).toMatchObject({ operations: 6, batch: 1, concurrency: 1, maxOperations: 6 });
});

it("tries a suspect first", async () => {
  const { scenario, tries } = await shrunk({ fails: drops, suspects: ["dropped"], perOperation: 1 });
  expect(tries[0]).toBe("flows dropped");
  expect(scenario.flows).toHaveLength(1);
});

it("keeps flows that only fail together, whatever is suspected", async () => {
  const pair = ["answer", "failing"];
  const fails = ({ flows }: Scenario): boolean =>
    pair.every((name) => flows.some((flow) => flow.name === name));
  const { scenario } = await shrunk({ fails, suspects: ["dropped"] });
  expect(scenario.flows.map(({ name }) => name)).toEqual(pair);
});

it("keeps as many operations and sessions at a time as it takes", async () => {
  const { scenario } = await shrunk({
    fails: ({ load }) => (load.operations ?? 0) >= 100 && load.concurrency >= 4,
  });
  expect(scenario.load.operations).toBeGreaterThanOrEqual(100);
  expect(scenario.load.operations).toBeLessThan(200);
  expect(scenario.load.concurrency).toBe(4);
});

it("gives a rare leak the operations to be seen in", async () => {
  const { tries, scenario } = await shrunk({ fails: () => false, suspects: ["dropped"], perOperation: 0.01 });
  expect(tries[0]).toBe("flows dropped");
  expect(scenario.load.operations).toBe(400);
});

it("stops where the time is up, with the best until then", async () => {
  const { scenario, tries } = await shrunk({ fails: drops, mostTries: 2 });
  expect(tries).toHaveLength(2);
  expect(drops(scenario)).toBe(true);
});

it("lets a flow that is gone be held at the stop no longer", async () => {
  const held: Scenario = { ...whole, stop: { ...whole.stop, whileOpen: { flow: "answer", sessions: 2 } } };
  const left = await shrink({
    scenario: held,
    suspects: ["dropped"],
    perOperation: 1,
    fails: async (candidate) => drops(candidate),
    isOver: () => false,
  });
  expect(left.stop.whileOpen).toBeUndefined();
});
