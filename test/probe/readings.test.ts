import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseReadings } from "../../src/probe/readings.js";

const read = (text: string): object => Object.fromEntries(parseReadings(text));

describe("what a program printed", () => {
  it.each([
    ["queue 3\n", { queue: 3 }],
    ["\n# depth of the queue\nqueue   3\r\n\ntasks.idle 4.5e1\n", { queue: 3, "tasks.idle": 45 }],
    ["a -1\nb .5\nc +2.", { a: -1, b: 0.5, c: 2 }],
    [
      '{"tasks": 3, "heap": {"old": 1.5, "young": {"eden": 2}}}',
      { tasks: 3, "heap.old": 1.5, "heap.young.eden": 2 },
    ],
    ['{"up": true, "version": "1.2", "list": [1, 2], "none": null, "n": 1}', { n: 1 }],
    ['{"__proto__": 1, "constructor": 2}', JSON.parse('{"__proto__": 1, "constructor": 2}')],
  ])("is read from %j", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ["", /printed no number/],
    ["# nothing", /printed no number/],
    ["{}", /printed no number/],
    ['{"a": "1"}', /printed no number/],
    ["a 1\nqueue three", /line 2 is no `name value`: "queue three"/],
    ["a 1 2", /line 1 is no/],
    ["<html>", /line 1 is no/],
    ["a NaN", /line 1 is no/],
    ["a Infinity", /line 1 is no/],
    ["a 1e999", /a is no finite number/],
    ["a 1\na 2", /a stands there twice/],
    ["{", /begins like JSON and is none/],
    ['{"a": 1} {"b": 2}', /begins like JSON and is none/],
    [`${"x".repeat(101)} 1`, /longer than 100 or not printable/],
    ['{"a\\nb": 1}', /longer than 100 or not printable/],
    [Array.from({ length: 201 }, (_, index) => `n${index} 1`).join("\n"), /more than 200 names/],
    [`${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`, /nested deeper than 8/],
  ])("is refused in %j", (text, why) => {
    expect(() => parseReadings(text)).toThrow(why);
  });

  it("whatever it is, gives finite numbers or one sentence", () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .array(fc.tuple(fc.string(), fc.double()).map((pair) => pair.join(" ")))
        .map((lines) => lines.join("\n")),
    );
    fc.assert(
      fc.property(text, (output) => {
        try {
          expect([...parseReadings(output).values()].every(Number.isFinite)).toBe(true);
        } catch (error) {
          expect(String(error)).toMatch(/^Error: .{1,160}$/u);
        }
      }),
    );
  });
});
