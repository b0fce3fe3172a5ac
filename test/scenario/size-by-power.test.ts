import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fewestBatches } from "../../src/model/scenario.js";
import { parseScenario } from "../../src/scenario/load.js";
import { withSize } from "../../src/scenario/size.js";

const flows = "flows: {a: {steps: [connect]}}";
/** Three operations for each that the rate says: near enough for a test of the sizes. */
const operationsFor = (rate: number, asIf = 3): number => Math.ceil(asIf / rate - 1e-9);
const sized = (
  more: string,
  size: Parameters<typeof withSize>[1] = {},
): ReturnType<typeof withSize>["load"] =>
  withSize(parseScenario(`${flows}\n${more}`, "a.yaml"), { operationsFor, ...size }).load;

describe("a file that asks for power and names no size", () => {
  test("gets the operations that reach it, in twelve batches", () => {
    expect(sized("detect: 1 per 240 operations")).toMatchObject({
      operations: 720,
      batch: 60,
      maxOperations: 2160,
      durationMs: undefined,
    });
  });

  test("in multiples of the batch that it names", () => {
    expect(sized("detect: 1 per 250 operations\nload: {batch: 50}")).toMatchObject({
      operations: 750,
      batch: 50,
    });
  });

  test("with at least twelve of these batches", () => {
    expect(sized("detect: 1 per 10 operations\nload: {batch: 50}")).toMatchObject({
      operations: 600,
      batch: 50,
    });
  });

  test("for the rarest that any criterion asks for", () => {
    const criteria = "criteria: {fds: {detect: 1 per 400 operations}, ptys: {detect: 1 per 4 operations}}";
    expect(sized(criteria)).toMatchObject({ operations: 1200, batch: 100 });
  });

  test("but not for a dropped one, nor for memory: its noise is not known beforehand", () => {
    expect(sized("detect: 1 per 240 operations\ncriteria: {fds: {drop: why}}").operations).toBe(720);
    expect(sized("criteria: {memory: {detect: 1B per 100000 operations}}").operations).toBe(1000);
  });

  test("and no more than it allows", () => {
    expect(sized("detect: 1 per 240 operations\nload: {maxOperations: 400, batch: 30}")).toMatchObject({
      operations: 390,
      maxOperations: 400,
    });
  });

  test("no more sessions at a time than operations", () => {
    expect(sized("detect: 1 per 4 operations")).toMatchObject({ operations: 12, batch: 1, concurrency: 12 });
  });

  test("and keeps 1000 where nobody can say how many it takes", () => {
    expect(withSize(parseScenario(`${flows}\ndetect: 1 per 2 operations`, "a"), {}).load.operations).toBe(
      1000,
    );
  });
});

test.each([
  ["load: {operations: 600, batch: 50}", { operations: 600, batch: 50 }],
  ["load: {duration: 10m}", { operations: undefined, durationMs: 600_000, batch: 100 }],
])("a size that is named stays: %s", (load, expected) => {
  expect(sized(`detect: 1 per 250 operations\n${load}`)).toMatchObject(expected);
});

describe("a quick run of it", () => {
  const quick = { quick: true };

  test("without a block is as small as ever", () => {
    expect(sized("detect: 1 per 250 operations", quick)).toMatchObject({ operations: 200, batch: 25 });
    expect(sized("detect: 1 per 20 operations", quick)).toMatchObject({ operations: 60, batch: 5 });
  });

  test("with a block that names no size gets six batches for what the block asks", () => {
    const file = "detect: 1 per 250 operations\nquick: {detect: 1 per 20 operations, warmup: 5}";
    expect(sized(file, quick)).toMatchObject({ operations: 60, batch: 10, warmup: 5 });
  });

  test("asks for what the block asks, of those criteria that ask at all", () => {
    const memory = "memory: {detect: 20KiB per operation}";
    const file = `criteria: {fds: {detect: 1 per 250 operations}, ${memory}}\nquick: {detect: 1 per 20 operations}`;
    const { criteria } = withSize(parseScenario(`${flows}\n${file}`, "a"), { ...quick, operationsFor });
    expect(criteria.fds).toMatchObject({ detectPerOperation: 0.05 });
    expect(criteria.memory).toMatchObject({ detectPerOperation: 20_480 });
    expect(criteria.ptys).not.toHaveProperty("detectPerOperation");
  });
});

test("whatever is asked and allowed, there are batches enough and the power is reached if it can be", () => {
  const batch = fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined });
  const most = fc.option(fc.integer({ min: 600, max: 3000 }), { nil: undefined });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2000 }),
      fc.boolean(),
      fc.tuple(batch, most),
      (rate, quick, [batch, most]) => {
        const block = quick ? "\nquick: {warmup: 1}" : "";
        const given = JSON.stringify({ batch, maxOperations: most });
        const load = sized(`detect: 1 per ${rate} operations\nload: ${given}${block}`, { quick });
        const { operations = 0, maxOperations = 0 } = load;
        expect(operations % load.batch).toBe(0);
        expect(operations / load.batch).toBeGreaterThanOrEqual(fewestBatches);
        expect(operations).toBeLessThanOrEqual(most ?? Number.POSITIVE_INFINITY);
        expect(maxOperations).toBe(most ?? 3 * operations);
        if (most === undefined) expect(operations).toBeGreaterThanOrEqual(3 * rate);
      },
    ),
  );
});
