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
    expect(withSize(scenario, {})).toEqual(full);
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
