import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Problem } from "../../src/model/problem.js";
import { parseScenario } from "../../src/scenario/load.js";
import { fewestBatches } from "../../src/model/scenario.js";
import { withSize } from "../../src/scenario/size.js";

const flows = "flows: {a: {steps: [connect]}}";
const parse = (more: string): ReturnType<typeof parseScenario> =>
  parseScenario(`${flows}\n${more}`, "a.yaml");

describe("withSize", () => {
  test("without a wish leaves the load alone, and the quick block out", () => {
    const scenario = parse("quick: {operations: 60, batch: 10}");
    const { quick, ...full } = scenario;
    expect(quick).toBeDefined();
    const { load, ...rest } = withSize(scenario, {});
    expect({ ...rest, load: { ...load, maxOperations: undefined } }).toEqual(full);
  });

  test("quick takes what the block says, and the rest from the file", () => {
    const sized = withSize(
      parse(`
load: {duration: 1h, batch: 200, warmup: 7}
settle: {quiet: 1s, within: 9s}
quick: {operations: 60, batch: 10, settle: {quiet: 100ms}, drain: 0s}
`),
      { quick: true },
    );
    expect(sized.load).toMatchObject({ operations: 60, durationMs: undefined, batch: 10, warmup: 7 });
    expect(sized.settle).toEqual({ quietMs: 100, withinMs: 9000 });
    expect(sized.drainMs).toBe(0);
  });

  test("quick without a block: at most 200 operations in batches of 25", () => {
    const quick = { quick: true };
    expect(withSize(parse("load: {operations: 5000}"), quick).load).toMatchObject({
      operations: 200,
      batch: 25,
    });
    expect(withSize(parse("load: {duration: 1h}"), quick).load).toMatchObject({
      operations: 200,
      durationMs: undefined,
      batch: 25,
    });
    expect(withSize(parse("load: {operations: 60}"), quick).load).toMatchObject({ operations: 60, batch: 6 });
  });

  test("a duration puts the operations out, and the other way round", () => {
    expect(withSize(parse(""), { durationMs: 60_000 }).load).toMatchObject({
      operations: undefined,
      durationMs: 60_000,
    });
    expect(withSize(parse("load: {duration: 1h}"), { operations: 900 }).load).toMatchObject({
      operations: 900,
      durationMs: undefined,
      batch: 100,
    });
  });

  test("a wish wins over the quick block", () => {
    const scenario = parse("quick: {operations: 60, batch: 10}");
    expect(withSize(scenario, { quick: true, operations: 80 }).load).toMatchObject({
      operations: 80,
      batch: 10,
    });
  });

  test.each([
    ["", {}, { maxOperations: 3000 }],
    ["load: {operations: 600, maxOperations: 700}", {}, { maxOperations: 700 }],
    ["load: {operations: 600, maxOperations: 600}", {}, { maxOperations: 600 }],
    ["load: {duration: 1h}", {}, { maxDurationMs: 7_200_000 }],
    ["load: {duration: 1h, maxDuration: 90m}", {}, { maxDurationMs: 5_400_000 }],
    // Another size has another end.
    ["", { durationMs: 60_000 }, { maxDurationMs: 120_000 }],
    ["load: {duration: 1h}", { durationMs: 60_000 }, { maxDurationMs: 120_000 }],
    ["load: {duration: 10m, maxDuration: 3h}", { durationMs: 60_000 }, { maxDurationMs: 10_800_000 }],
    ["load: {duration: 10m, maxDuration: 20m}", { durationMs: 7_200_000 }, { maxDurationMs: 14_400_000 }],
    ["load: {duration: 1h, maxDuration: 1h}", { durationMs: 60_000 }, { maxDurationMs: 60_000 }],
    ["load: {operations: 600, maxOperations: 600}", { durationMs: 60_000 }, { maxDurationMs: 60_000 }],
    ["load: {operations: 600, maxOperations: 5000}", { operations: 900 }, { maxOperations: 5000 }],
    ["load: {operations: 600, maxOperations: 600}", { operations: 900 }, { maxOperations: 900 }],
    // A quick run must stay quick.
    [
      "load: {operations: 600, maxOperations: 5000}",
      { quick: true },
      { operations: 200, maxOperations: 600 },
    ],
    ["load: {operations: 600, maxOperations: 600}", { quick: true }, { operations: 200, maxOperations: 200 }],
    ["quick: {operations: 60, batch: 10, maxOperations: 90}", { quick: true }, { maxOperations: 90 }],
    [
      "load: {operations: 600, maxOperations: 700}\nquick: {warmup: 5}",
      { quick: true },
      { maxOperations: 700 },
    ],
    ["load: {duration: 1h}\nquick: {operations: 60, batch: 10}", { quick: true }, { maxOperations: 180 }],
    [
      "load: {duration: 1h, maxDuration: 3h}\nquick: {duration: 20s}",
      { quick: true },
      { maxDurationMs: 40_000 },
    ],
  ])("how far it may go on by itself: %s %j %j", (file, size, expected) => {
    const { load } = withSize(parse(file), size);
    expect(load).toMatchObject(expected);
    expect(load.maxOperations === undefined).toBe(load.operations === undefined);
    expect(load.maxDurationMs === undefined).toBe(load.durationMs === undefined);
  });

  test("any possible number of operations leaves enough batches, and no more sessions than operations", () => {
    const scenario = parse("load: {operations: 1000, batch: 100, concurrency: 25}");
    fc.assert(
      fc.property(fc.integer({ min: fewestBatches, max: 5000 }), fc.boolean(), (operations, quick) => {
        const { load } = withSize(scenario, { operations, quick });
        expect(load.operations).toBe(operations);
        expect(Math.floor(operations / load.batch)).toBeGreaterThanOrEqual(fewestBatches);
        expect(load.concurrency).toBeLessThanOrEqual(operations);
      }),
    );
  });

  test.each([
    { operations: 5 },
    { operations: 0 },
    { operations: -10 },
    { operations: 10.5 },
    { operations: Number.NaN },
    { durationMs: 0 },
    { durationMs: -1 },
    { durationMs: Number.NaN },
    { operations: 100, durationMs: 1000 },
  ])("%j cannot be", (size) => {
    expect(() => withSize(parse(""), size)).toThrow(Problem);
  });
});
