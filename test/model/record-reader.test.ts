import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeRun } from "../../src/judge/judge-run.js";
import { Problem } from "../../src/model/problem.js";
import type { RunRecord } from "../../src/model/record.js";
import { parseRecord } from "../../src/model/record-reader.js";
import { recordOf } from "../judge/record-builder.js";

/** The lines that a run would have written. */
function linesOf(record: RunRecord): string[] {
  return [
    record.run,
    { type: "phase", phase: "start", batch: 0, atMs: 1 },
    ...record.operations.map((operation) => ({ type: "operation", ...operation })),
    ...record.snapshots.map((snapshot) => ({ type: "snapshot", ...snapshot })),
    ...record.ticks,
    ...record.notes.map((text) => ({ type: "note", atMs: 1, text })),
    record.stop,
    record.end,
  ].flatMap((line) => (line === undefined ? [] : [JSON.stringify(line)]));
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

const small = recordOf({ batches: 2, perBatch: 3, ticks: [{}] });
const lines = linesOf(small);

function problemOf(text: string): Problem {
  try {
    parseRecord(text);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("a problem was expected");
}

test("what was written is read back", () => {
  const record = { ...small, notes: ["careful"] };
  expect(parseRecord(textOf(linesOf(record)))).toMatchObject(JSON.parse(JSON.stringify(record)));
});

test("the line that says how the target was started is read", () => {
  const started = { type: "started", atMs: 1, pid: 100, tookMs: 9, follow: "cgroup", probes: ["node"] };
  const [run = "", ...rest] = lines;
  expect(parseRecord(textOf([run, JSON.stringify(started), ...rest])).started).toEqual(started);
});

describe("a record that was cut short", () => {
  test("at any byte after its first line it is read as truncated, and judged without a crash", () => {
    const text = textOf(lines);
    const first = text.indexOf("\n");
    fc.assert(
      fc.property(fc.integer({ min: first, max: text.length - 3 }), (length) => {
        const record = parseRecord(text.slice(0, length));
        expect(record.truncated).toBe(true);
        expect(judgeRun(record).verdict).not.toBe("pass");
      }),
    );
  });

  test("without its last newline it is whole", () => {
    expect(parseRecord(textOf(lines).trimEnd()).truncated).toBe(false);
  });

  test("without an end line it is truncated", () => {
    expect(parseRecord(textOf(lines.slice(0, -1)))).toMatchObject({ truncated: true, end: undefined });
  });

  test("within its first line there is nothing to judge", () => {
    expect(problemOf((lines[0] ?? "").slice(0, 40)).message).toBe("line 1 of the record is no run line");
  });
});

describe("what is no record", () => {
  const cut = lines.map((line, index) => (index === 3 ? line.slice(0, 20) : line));
  const second = [lines[0] ?? "", lines[0] ?? "", ...lines.slice(1)];
  const newer = (lines[0] ?? "").replace('"version":1', '"version":2');

  test.each([
    ["an empty file", "", "line 1 of the record is no run line"],
    ["another text", "hello\nworld\n", "the record is broken at line 1"],
    ["no run line", textOf(lines.slice(1)), "line 1 of the record is no run line"],
    ["a broken line that is not the last", textOf(cut), "the record is broken at line 4"],
    ["a second run", textOf(second), "the record is broken at line 2"],
    ["a newer version", `${newer}\n`, "line 1 says that the record is of version 2"],
    ["a line of no known type", `${lines[0]}\n{"type":"__proto__"}\n`, "the record is broken at line 2"],
    ["a line that is no object", `${lines[0]}\n[]\n${lines[1]}\n`, "the record is broken at line 2"],
    ["blank lines are counted", `${lines[0]}\n\n{"type":"x"}\n`, "the record is broken at line 3"],
  ])("%s", (_, text, what) => {
    const problem = problemOf(text);
    expect(problem.message).toBe(what);
    expect(problem.exitCode).toBe(2);
    expect(problem.why).not.toBe("");
    expect(problem.fix).toBeDefined();
  });

  test("a line that lacks something names it", () => {
    const text = textOf(lines).replace('"startTicks":5000,', "");
    expect(problemOf(text).why).toBe("its processes[0].startTicks is no count");
  });
});

test("a field taken away anywhere is either told or does not matter: never a crash", () => {
  const fields = [...new Set(textOf(lines).match(/"\w+":/g))];
  fc.assert(
    fc.property(
      fc.constantFrom(...fields),
      fc.constantFrom("null", "{}", "[]", '"text"', "-1"),
      (field, value) => {
        const text = textOf(
          lines.map((line) =>
            JSON.stringify(JSON.parse(line, (key, old) => (`"${key}":` === field ? JSON.parse(value) : old))),
          ),
        );
        try {
          judgeRun(parseRecord(text));
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
        }
      },
    ),
    { numRuns: 100 },
  );
});
