import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeRun } from "../../src/judge/judge-run.js";
import { Problem } from "../../src/model/problem.js";
import type { RunRecord } from "../../src/model/record.js";
import { parseRecord } from "../../src/model/record-reader.js";
import { child, file, recordOf, server } from "../judge/record-builder.js";

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

test("pauses and looks by hand are read, and change no verdict", () => {
  const pause = { type: "pause", atMs: 5, forMs: 9000, operations: 3, suspended: false };
  const [snapshot] = small.snapshots;
  // Wherever it stands, and whatever it saw.
  const aside = {
    type: "aside",
    ...snapshot,
    phase: "batch",
    batch: 1,
    operations: 2,
    processes: [server(), child(9)],
  };
  const [run = "", ...rest] = lines;
  const record = parseRecord(textOf([run, JSON.stringify(pause), JSON.stringify(aside), ...rest]));
  expect(record.pauses).toEqual([pause]);
  expect(record.asides).toMatchObject([{ batch: 1, processes: aside.processes }]);
  const { notes, ...judged } = judgeRun(record);
  const { notes: before, ...without } = judgeRun(parseRecord(textOf(lines)));
  expect(judged).toEqual(without);
  expect(notes.filter((note) => !before.includes(note))).toEqual([
    "paused for 9 s after 3 operations, by hand: no operation began, and the target went on",
    "one look by hand, by which nothing is judged",
  ]);
});

test.each([
  [{ type: "pause", atMs: 5, forMs: "long", operations: 3, suspended: false }, "forMs"],
  [{ type: "aside", phase: "batch" }, "batch"],
])("a broken line of these is no line of a record: %o", (line, where) => {
  expect(problemOf(textOf([...lines.slice(0, 1), JSON.stringify(line), ...lines.slice(1)])).why).toContain(
    where,
  );
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
  const newer = (lines[0] ?? "").replace('"version":1', '"version":3');

  test.each([
    ["an empty file", "", "line 1 of the record is no run line"],
    ["another text", "hello\nworld\n", "the record is broken at line 1"],
    ["no run line", textOf(lines.slice(1)), "line 1 of the record is no run line"],
    ["a broken line that is not the last", textOf(cut), "the record is broken at line 4"],
    ["a second run", textOf(second), "the record is broken at line 2"],
    ["a newer version", `${newer}\n`, "line 1 says that the record is of version 3"],
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

describe("lines out of order", () => {
  const at = (type: string, phase = ""): number[] =>
    lines.flatMap((line, index) => {
      const found: { type: string; phase?: string } = JSON.parse(line);
      return found.type === type && (phase === "" || found.phase === phase) ? [index] : [];
    });
  const swapped = (a = 0, b = 0): string =>
    textOf(
      lines.map((line, index) => (index === a ? (lines[b] ?? "") : index === b ? (lines[a] ?? "") : line)),
    );
  const [first, second] = at("snapshot", "batch");
  const [baseline] = at("snapshot", "baseline");
  const look = (number: number): string =>
    JSON.stringify({ type: "look", look: number, batch: 1, operations: 3, atMs: 1, decided: false });
  const tick = (operations: number): string =>
    JSON.stringify({ ...recordOf({ ticks: [{ operations }] }).ticks[0] });
  const with2 = (a: string, b: string): string => textOf([lines[0] ?? "", a, b, ...lines.slice(1)]);

  test.each([
    ["two batches", swapped(first, second), "its operations go back from 6 to 3"],
    ["a baseline after a batch", swapped(baseline, first), "its operations go back from 3 to 0"],
    ["two ticks", with2(tick(7), tick(3)), "its operations go back from 7 to 3"],
    ["two looks", with2(look(2), look(1)), "its look 1 comes after look 2"],
    ["the same look twice", with2(look(1), look(1)), "its look 1 comes after look 1"],
    ["something after the end", textOf([...lines, lines[1] ?? ""]), "it comes after the end line"],
  ])("%s", (_, text, why) => {
    expect(problemOf(text).message).toMatch(/^the record is broken at line \d+$/);
    expect(problemOf(text).why).toBe(why);
  });

  test("the same batch twice", () => {
    const twice = lines.flatMap((line, index) => (index === second ? [line, line] : [line]));
    expect(problemOf(textOf(twice)).why).toBe("its batch 2 (batch) comes after batch 2");
  });

  test("a clock that was set back is no disorder of the lines", () => {
    const back = lines.map((line, index) =>
      index === second ? line.replace(/"atMs":\d+/, '"atMs":5') : line,
    );
    expect(parseRecord(textOf(back)).snapshots.map(({ atMs }) => atMs)).toContain(5);
  });
});

describe("numbers that are none", () => {
  test.each([
    ["an infinite time", '"atMs":3000', '"atMs":1e999', "its atMs is no number but Infinity"],
    ["a negative count", '"operations":3', '"operations":-3', "its operations is no count but -3"],
    ["half a count", '"batch":1', '"batch":1.5', "its batch is no count but 1.5"],
    ["a negative count of fds", '"fdCount":1', '"fdCount":-1', "its processes[0].fdCount is no count but -1"],
    [
      "negative memory",
      /"rssBytes":\d+/,
      '"rssBytes":-1',
      "its processes[0].memory.rssBytes is no count but -1",
    ],
    ["negative tasks", '"tasks":4', '"tasks":-4', "its probes[0].tasks is no count but -4"],
    ["no allowance", '"allow":0', '"allow":"0"', 'its scenario.criteria.tasks.allow is no count but "0"'],
    ["half a version", '"version":1', '"version":1.5', "its version is no whole number above 0"],
    ["version 0", '"version":1', '"version":0', "its version is no whole number above 0"],
    ["an unknown phase", '"phase":"batch"', '"phase":"bash"', /^its phase is none of start.* but "bash"$/],
    ["an unknown end", '"complete"', '"perfect"', /^its outcome is none of complete.* but "perfect"$/],
    ["an unknown outcome", '"landed"', '"lost"', /^its outcome is none of landed.* but "lost"$/],
  ])("%s", (...[, old, given, why]) => {
    expect(problemOf(textOf(lines).replace(old, given)).why).toMatch(why);
  });
});

test("cut at each of its bytes a record that passes never passes", () => {
  const whole = textOf(linesOf(recordOf({ batches: 6, perBatch: 1, drains: 1, ticks: [{}] })));
  expect(judgeRun(parseRecord(whole)).verdict).not.toBe("fail");
  for (let length = 0; length < whole.length - 1; length++)
    expect(passes(whole.slice(0, length))).toBe(false);
});

function passes(text: string): boolean {
  try {
    return judgeRun(parseRecord(text)).verdict === "pass";
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    return false;
  }
}

test("snapshots share what did not change between them, and nothing else", () => {
  const fds = ({ batch }: { readonly batch: number }) => [
    file(1, "/dev/null"),
    file(2, batch < 2 ? "/a" : "/b"),
  ];
  const record = recordOf({ batches: 3, processes: (moment) => [server(fds(moment)), child(7)] });
  const { snapshots } = parseRecord(textOf(linesOf(record)));
  expect(snapshots).toMatchObject(JSON.parse(JSON.stringify(record.snapshots)));
  const held = snapshots.map(({ processes }) => processes[0]?.fds);
  expect(new Set(held).size).toBe(2);
});

test("a field taken away anywhere is either told or does not matter: never a crash", () => {
  const fields = [...new Set(textOf(lines).match(/"\w+":/g))];
  const wrong = [null, {}, [], "text", -1];
  for (const field of fields) for (const value of wrong) expect(() => judgedWith(field, value)).not.toThrow();
});

/** Judges the record with a value of its own wherever the field stands; only a Problem may come of it. */
function judgedWith(field: string, value: unknown): void {
  const changed = (key: string, old: unknown): unknown => (`"${key}":` === field ? value : old);
  try {
    judgeRun(parseRecord(textOf(lines.map((line) => JSON.stringify(JSON.parse(line, changed))))));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}
