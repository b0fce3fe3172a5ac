import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Problem } from "../../src/model/problem.js";
import { seriesOf } from "../../src/model/series-case.js";
import { parseSeriesFile } from "../../src/model/series-file.js";

const pool = {
  name: "pool",
  kind: "count",
  opsPerBatch: 50,
  batchSeconds: 3,
  baseline: [20, 20],
  samples: [21, 22, 23],
  finalDrain: [20],
};

function caseWith(parts: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...pool, ...parts });
}

function problemOf(text: string): Problem {
  try {
    parseSeriesFile(text);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("a problem was expected");
}

describe("the forms of a file", () => {
  const [a, b] = [caseWith({ name: "a" }), caseWith({ name: "b" })];
  test.each([
    ["an array", `[${a},${b}]`, ["a", "b"]],
    ["one case alone", a, ["a"]],
    ["one case on lines of its own", JSON.stringify(JSON.parse(a), undefined, 2), ["a"]],
    ["one on each line", `${a}\n${b}\n`, ["a", "b"]],
    ["one on each line, with blank ones and CRLF", `\n${a}\r\n\r\n${b}`, ["a", "b"]],
    ["with a byte order mark", `\uFEFF[${a}]`, ["a"]],
  ])("%s", (_, text, names) => {
    expect(parseSeriesFile(text).map(({ name }) => name)).toEqual(names);
  });
});

test("a record is told from bare series", () => {
  const lines = [JSON.stringify({ type: "run", version: 2 }), JSON.stringify({ type: "end" })];
  expect(problemOf(lines.join("\n")).message).toBe("the file is the record of a run");
});

describe("seriesOf", () => {
  const series = (parts: Readonly<Record<string, unknown>>) =>
    parseSeriesFile(caseWith(parts)).map(seriesOf)[0];

  test("steps are alike where nothing else is said", () => {
    expect(series({})).toEqual({
      name: "pool",
      kind: "count",
      baseline: [20, 20],
      points: [
        { operations: 50, atMs: 3000, value: 21 },
        { operations: 100, atMs: 6000, value: 22 },
        { operations: 150, atMs: 9000, value: 23 },
      ],
      drain: [20],
    });
  });

  test("operations and seconds tell where each sample stands", () => {
    const points = series({
      opsPerBatch: null,
      batchSeconds: null,
      operations: [1, 9, 10],
      seconds: [0, 0.5, 7],
    })?.points;
    expect(points?.map(({ operations, atMs }) => [operations, atMs])).toEqual([
      [1, 0],
      [9, 500],
      [10, 7000],
    ]);
  });

  test("a sample that was missed leaves no point, and moves no other", () => {
    const points = series({ samples: [21, null, 23] })?.points;
    expect(points?.map(({ operations, value }) => [operations, value])).toEqual([
      [50, 21],
      [150, 23],
    ]);
  });

  test("nothing but the measurement gets to the judge", () => {
    const text = caseWith({ label: "leak-label", shape: "leak-shape", trueRatePerOp: 77, note: "leak-note" });
    const given = JSON.stringify(parseSeriesFile(text).map(seriesOf));
    expect(given).not.toMatch(/label|shape|true|note|77/);
  });
});

describe("what is no file of series", () => {
  test.each([
    ["an empty file", "", "the file holds no case"],
    ["blank lines", " \n\n", "the file holds no case"],
    ["an empty array", "[]", "the file holds no case"],
    ["no JSON", "hello\n", "the file is no JSON"],
    ["NaN, which is no JSON", caseWith({}).replace("22", "NaN"), "the file is no JSON"],
    ["an array cut short", `[${caseWith({})}`, "the file is no JSON"],
    ["a line cut short", `${caseWith({})}\n${caseWith({}).slice(0, 40)}`, "line 2 is no JSON"],
    ["a number", "7", "the case: it is no object but 7"],
    ["null in an array", "[null]", "case 1: it is no object but null"],
    ["a line that is an array", `${caseWith({})}\n\n[]\n`, "line 3: it is no object but an array"],
  ])("%s", (_, text, what) => {
    const problem = problemOf(text);
    expect(problem.message).toBe(what);
    expect(problem.exitCode).toBe(2);
    expect(problem.why).toBeDefined();
    expect(problem.fix).toBeDefined();
  });
});

describe("a wrong case is told with its name and field", () => {
  const huge = "9".repeat(400);
  test.each([
    ["no name", { name: undefined }, "the case: name is no string"],
    ["a name that is none", { name: 7 }, "the case: name is no string but 7"],
    ["another kind", { kind: "bytes" }, 'kind is none of count, memory but "bytes"'],
    ["kind a list", { kind: ["count"] }, "kind is none of count, memory but an array"],
    ["no samples", { samples: undefined }, "samples is no array"],
    ["samples an object", { samples: {} }, "samples is no array but an object"],
    ["no baseline", { baseline: undefined }, "baseline is no array"],
    ["no drain", { finalDrain: undefined }, "finalDrain is no array"],
    ["a count below 0", { samples: [1, -1, 2] }, "samples[1] is no count but -1"],
    ["half a count", { samples: [1, 2, 2.5] }, "samples[2] is no count but 2.5"],
    ["a count too large to be exact", { samples: [1, 2, 1e300] }, "samples[2] is no count but 1e+300"],
    ["text in place of a count", { samples: ["1", 2, 2] }, 'samples[0] is no count but "1"'],
    ["a missed look at the baseline", { baseline: [null] }, "baseline[0] is no count but null"],
    ["a negative look at the drain", { finalDrain: [1, -3] }, "finalDrain[1] is no count but -3"],
    ["memory below 0", { kind: "memory", samples: [1.5, -1] }, "samples[1] is no number of bytes but -1"],
    ["no step", { opsPerBatch: undefined }, "it has neither opsPerBatch nor operations"],
    ["no time", { batchSeconds: undefined }, "it has neither batchSeconds nor seconds"],
    ["a step of none", { opsPerBatch: 0 }, "opsPerBatch is no whole number above 0 but 0"],
    ["half a step", { opsPerBatch: 0.5 }, "opsPerBatch is no whole number above 0 but 0.5"],
    [
      "a step too large",
      { opsPerBatch: Number.MAX_SAFE_INTEGER },
      "opsPerBatch is too large: 9007199254740991",
    ],
    ["time that stands still", { batchSeconds: 0 }, "batchSeconds is no number above 0 but 0"],
    ["too few operations", { operations: [1, 2] }, "operations has 2 members, samples has 3"],
    ["too many seconds", { seconds: [1, 2, 3, 4] }, "seconds has 4 members, samples has 3"],
    [
      "operations out of order",
      { operations: [1, 3, 2] },
      "operations[2] is 2, after 3: they must rise from sample to sample",
    ],
    [
      "the same operations twice",
      { operations: [1, 1, 2] },
      "operations[1] is 1, after 1: they must rise from sample to sample",
    ],
    [
      "seconds out of order",
      { seconds: [5, 4, 6] },
      "seconds[1] is 4, after 5: they must rise from sample to sample",
    ],
    ["seconds below 0", { seconds: [-1, 4, 6] }, "seconds[0] is no number of seconds but -1"],
    ["a long text", { kind: huge }, `kind is none of count, memory but "${"9".repeat(40)}…"`],
  ])("%s", (_, parts, what) => {
    const problem = problemOf(caseWith(parts));
    const named = what.startsWith("the case") ? what : `the case ("pool"): ${what}`;
    expect(problem.message).toBe(named);
    expect(problem.exitCode).toBe(2);
  });

  test("a number that is too large for JavaScript", () => {
    const text = caseWith({ kind: "memory" }).replace("22", "1e999");
    expect(problemOf(text).message).toBe('the case ("pool"): samples[1] is no number of bytes but Infinity');
  });

  test("the place is told: the number in an array, the line", () => {
    const [good, bad] = [caseWith({}), caseWith({ name: "bad", samples: [-1] })];
    expect(problemOf(`[${good},${bad}]`).message).toContain('case 2 ("bad"): samples[0]');
    expect(problemOf(`${good}\n\n${bad}`).message).toContain('line 3 ("bad"): samples[0]');
  });

  test("a name of any length takes one line", () => {
    const { message } = problemOf(caseWith({ name: `a\nb${"x".repeat(1e5)}`, kind: 0 }));
    expect(message.length).toBeLessThan(200);
    expect(message).not.toContain("\n");
  });
});

describe("whatever comes, it is a list of sound cases or a problem", () => {
  const isSound = (text: string): void => {
    let series;
    try {
      series = parseSeriesFile(text).map(seriesOf);
    } catch (error) {
      expect(error).toBeInstanceOf(Problem);
      return;
    }
    for (const { baseline, points, drain } of series) {
      const values = [...baseline, ...drain, ...points.flatMap((point) => Object.values(point))];
      expect(values.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
      const xs = points.map(({ operations }) => operations);
      expect(xs).toEqual([...new Set(xs)].sort((a, b) => a - b));
    }
  };

  test("any text", () => fc.assert(fc.property(fc.string(), isSound)));

  test("any JSON", () => fc.assert(fc.property(fc.json(), isSound)));

  test("a good file cut anywhere", () => {
    const text = `${caseWith({})}\n[${caseWith({ operations: [1, 2, 3] })}]`;
    for (let length = 0; length <= text.length; length++) isSound(text.slice(0, length));
  });

  test("a case with anything in one field", () => {
    const field = fc.constantFrom(...Object.keys(pool), "operations", "seconds");
    const number = fc.oneof(fc.double(), fc.integer(), fc.constant(null));
    const value = fc.oneof(
      fc.jsonValue(),
      fc.array(number),
      fc.array(number, { minLength: 3, maxLength: 3 }),
    );
    fc.assert(
      fc.property(field, value, (name, given) => isSound(caseWith({ [name]: given }))),
      { numRuns: 1000 },
    );
  });

  test("a character put anywhere", () => {
    const text = caseWith({ operations: [1, 2, 3] });
    fc.assert(
      fc.property(fc.nat(text.length), fc.constantFrom(...'-0.9eE[]{},:"n\n \\'.split("")), (at, character) =>
        isSound(text.slice(0, at) + character + text.slice(at + 1)),
      ),
      { numRuns: 1000 },
    );
  });
});
