import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { assert, property } from "fast-check";
import { describe, expect, it } from "vitest";
import type { Progress } from "../../src/model/progress.js";
import type { RunEvent } from "../../src/model/reporting.js";
import { ndjsonReporter } from "../../src/report/ndjson.js";
import { attributed, excused, severalFlows } from "./finding-samples.js";
import { hostileText, saying } from "./hostile.js";
import { broken, leaking, scenario, spreading } from "./samples.js";
import { watchedLeak } from "./watch-samples.js";

const ajv = new Ajv2020({ allowUnionTypes: true, strictRequired: false });
/** The schema lets later versions add fields; what is written today must all be in it. */
const closed = (_: string, value: unknown): unknown =>
  typeof value === "object" &&
  value !== null &&
  "properties" in value &&
  "title" in value &&
  "required" in value
    ? { additionalProperties: false, ...value }
    : value;
ajv.addSchema(JSON.parse(readFileSync("scenarios/report.schema.json", "utf8")), "report.schema.json");
const text = readFileSync("scenarios/events.schema.json", "utf8");
const { oneOf, ...whole } = JSON.parse(text) as { oneOf: object[] };
const isEvent = ajv.compile({ ...whole, oneOf: JSON.parse(JSON.stringify(oneOf), closed) });

function linesOf(events: readonly RunEvent[]): string[] {
  let written = "";
  const { onEvent } = ndjsonReporter({ write: (chunk) => void (written += chunk) });
  for (const event of events) onEvent?.(event);
  return written.trimEnd().split("\n");
}

function errorsOf(lines: readonly string[]): unknown[] {
  return lines.flatMap((line) => (isEvent(JSON.parse(line)) ? [] : [line, isEvent.errors]));
}

const progress: Progress = {
  scenario: "connect-churn",
  phase: "batch",
  batch: 2,
  batches: 12,
  operations: 31,
  totalOperations: 300,
  failed: 0,
  perSecond: 20.5,
  tasks: undefined,
  fds: 24,
  processes: 1,
  ptys: 0,
  rssBytes: 5e7,
  etaMs: undefined,
};

const run: readonly RunEvent[] = [
  { type: "start", atMs: 0, scenario: "connect-churn" },
  { type: "phase", atMs: 10, scenario: "connect-churn", phase: "batch", batch: 2 },
  { type: "progress", atMs: 10, ...progress },
  { type: "progress", atMs: 900, ...progress },
  { type: "progress", atMs: 1010, ...progress, waitsFor: "memory" },
  {
    type: "look",
    scenario: "connect-churn",
    look: 1,
    batch: 12,
    operations: 300,
    atMs: 2000,
    decided: false,
    waitsFor: "memory",
  },
  { type: "verdict", atMs: 3000, scenario: "connect-churn", result: attributed() },
  { type: "end", atMs: 3100, exitCode: 1 },
];

describe("ndjsonReporter", () => {
  it("writes one object of the published schema a line, progress at most once a second", async () => {
    const lines = linesOf(run);
    expect(errorsOf(lines)).toEqual([]);
    const types = lines.map((line) => (JSON.parse(line) as RunEvent).type);
    expect(types).toEqual(["start", "phase", "progress", "progress", "look", "finding", "verdict", "end"]);
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("golden/events.ndjson");
  });

  it("tells progress again after the clock was set back", () => {
    const lines = linesOf([
      { type: "progress", atMs: 9_000_000, ...progress },
      { type: "progress", atMs: 5000, ...progress },
    ]);
    expect(lines).toHaveLength(2);
  });

  it("would not fit the schema with a field too many or too few", () => {
    expect(errorsOf(['{"type":"end","atMs":1,"exitCode":1,"more":1}'])).not.toEqual([]);
    expect(errorsOf(['{"type":"end","atMs":1}'])).not.toEqual([]);
  });

  it("fits it for every kind of result", () => {
    const results = [scenario(), leaking(), severalFlows(), excused(), broken(), spreading(), watchedLeak()];
    const events = results.map((result) => ({ type: "verdict", atMs: 1, scenario: "a", result }) as const);
    expect(errorsOf(linesOf(events))).toEqual([]);
  });

  it("stays one object a line whatever the target says", () => {
    assert(
      property(hostileText, (name) => {
        const events = saying(name).map(
          (result) => ({ type: "verdict", atMs: 1, scenario: name, result }) as const,
        );
        const lines = linesOf(events);
        expect(lines).toHaveLength(4);
        expect(errorsOf(lines)).toEqual([]);
        expect(lines.join("")).not.toMatch(/[\u0000-\u001f\u202e\u2028]|\p{Surrogate}/u);
      }),
      { numRuns: 40 },
    );
  });
});
