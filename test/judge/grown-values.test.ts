import { expect, test } from "vitest";
import { grownValues } from "../../src/judge/grown-values.js";
import { viewOf } from "../../src/judge/run-view.js";
import { nodeProbe, recordOf } from "./record-builder.js";

type Course = (batch: number, drained: boolean) => number | undefined;

function notesOf(courses: Readonly<Record<string, Course>>): string[] {
  const record = recordOf({
    probes: ({ batch, drained }) => {
      const values = Object.entries(courses).flatMap(([name, course]) => {
        const value = course(batch, drained);
        return value === undefined ? [] : [[name, value] as const];
      });
      return [nodeProbe(4), { probe: "stats", values: Object.fromEntries(values), gaps: [] }];
    },
  });
  return grownValues(viewOf(record));
}

test("a value that grew is told, from the baseline to the drain, the most grown first", () => {
  expect(
    notesOf({ slow: (batch) => 100 + 5 * batch, queue: (batch) => 3 + 12 * batch, flat: () => 7 }),
  ).toEqual(["grown, but not judged: stats: queue 3 → 123, stats: slow 100 → 150"]);
});

test.each<[string, Course]>([
  ["that goes back in the drain", (batch, drained) => (drained ? 3 : 3 + batch)],
  ["that is busy only under load", (batch, drained) => (batch === 0 || drained ? 1 : 50)],
  ["that falls", (batch) => 100 - batch],
  ["that is a share", (batch) => batch / 11],
  ["that hardly grows", (batch) => 1000 + batch],
  ["that was not there at a look", (batch) => (batch === 8 ? undefined : batch * 10)],
  ["that came late", (batch) => (batch === 0 ? undefined : batch)],
])("a value %s is not", (_, course) => {
  expect(notesOf({ value: course })).toEqual([]);
});

test("of many the most grown five are told", () => {
  const many = Array.from(
    { length: 8 },
    (_, index) => [`v${index}`, (batch: number) => batch * (index + 1)] as const,
  );
  const [note, ...more] = notesOf(Object.fromEntries(many));
  expect(more).toEqual([]);
  expect(note).toMatch(/^grown, but not judged: stats: v7 0 → 80, .*stats: v3 0 → 40, and 3 more$/);
});
