import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Said } from "../../src/engine/said.js";
import { summaries } from "../../src/engine/summaries.js";
import { engineNames } from "../../src/model/engine.js";

const recorded = (name: string): string => readFileSync(join(import.meta.dirname, "recorded", name), "utf8");
const silent: Said = { stdout: "", stderr: "", report: undefined };
const onStdout = (stdout: string): Said => ({ ...silent, stdout });
const onStderr = (stderr: string): Said => ({ ...silent, stderr });
const inReport = (report: string): Said => ({ ...silent, report });

/** As k6 0.48 documents its text. */
const oldK6 = `     checks.........................: 50.00% ✓ 45       ✗ 44
     http_req_failed................: 1.11%  ✓ 2        ✗ 178
     http_reqs......................: 180    4.36938/s
     iterations.....................: 45     1.092345/s
running (0m41.2s), 00/20 VUs, 45 complete and 0 interrupted iterations
`;

/** As k6 hands it to \`handleSummary\`. */
const k6Data = JSON.stringify({
  root_group: {},
  metrics: {
    iterations: { type: "counter", values: { count: 90, rate: 9.1 } },
    http_req_failed: { type: "rate", values: { passes: 3, fails: 87, rate: 0.03 } },
  },
});

/** The shape that Artillery 2 prints. */
const artilleryText = `Metrics for period to: 21:20:10(+0200) (width: 9.2s)
vusers.completed: .............................................................. 400
--------------------------------
Summary report @ 21:20:11(+0200)
--------------------------------

errors.ETIMEDOUT: .............................................................. 56
http.codes.200: ................................................................ 444
http.request_rate: ............................................................. 746/sec
http.response_time:
  min: ......................................................................... 58
vusers.completed: .............................................................. 444
vusers.created: ................................................................ 500
vusers.failed: ................................................................. 56
`;
const told: readonly [keyof typeof summaries, string, Said, number, number][] = [
  ["k6", "its exported summary", inReport(recorded("k6.json")), 50, 0],
  ["k6", "its exported summary of failures", inReport(recorded("k6-500.json")), 0, 50],
  ["k6", "its text", onStdout(recorded("k6.txt")), 50, 0],
  ["k6", "its text of failures", onStdout(recorded("k6-500.txt")), 0, 50],
  ["k6", "its text before version 1", onStdout(oldK6), 1, 44],
  ["k6", "what a script prints of handleSummary", onStdout(k6Data), 87, 3],
  ["artillery", "its report", inReport(recorded("artillery.json")), 20, 0],
  ["artillery", "its report of refusals", inReport(recorded("artillery-refused.json")), 0, 20],
  ["artillery", "its text", onStdout(recorded("artillery.txt")), 20, 0],
  ["artillery", "its summary, not that of a period", onStdout(artilleryText), 444, 56],
  ["locust", "its JSON", onStdout(recorded("locust.json")), 3619, 0],
  ["locust", "its last table", onStderr(recorded("locust.txt")), 3619, 0],
  ["wrk", "its text", onStdout(recorded("wrk.txt")), 56_908, 0],
  ["wrk", "its text of failures", onStdout(recorded("wrk-500.txt")), 0, 57_998],
  ["vegeta", "its JSON", onStdout(recorded("vegeta.json")), 50, 0],
  ["vegeta", "its JSON of failures", onStdout(recorded("vegeta-500.json")), 0, 50],
  ["vegeta", "its text", onStdout(recorded("vegeta.txt")), 50, 0],
  ["autocannon", "its JSON", onStdout(recorded("autocannon.json")), 50, 0],
  ["autocannon", "its JSON of failures", onStdout(recorded("autocannon-500.json")), 0, 50],
  ["autocannon", "its JSON of refusals", onStdout(recorded("autocannon-refused.json")), 0, 50],
];

describe("what an engine did is read from", () => {
  test.each(told)("%s: %s", (...[name, , said, landed, failed]) => {
    expect(summaries[name].read(said)).toEqual({ landed, failed });
  });
});

it("wrk's socket errors are operations that failed", () => {
  const text = `${recorded("wrk.txt")}  Socket errors: connect 1, read 2, write 3, timeout 4\n`;
  expect(summaries.wrk.read(onStdout(text))).toEqual({ landed: 56_908, failed: 10 });
});

describe("is not made up where", () => {
  it.each(engineNames)("%s says nothing", (name) => expect(summaries[name].read(silent)).toBeUndefined());
  it("autocannon prints rounded numbers only", () =>
    expect(summaries.autocannon.read(onStdout(recorded("autocannon.txt")))).toBeUndefined());
  it("Artillery was cut off before its summary", () =>
    expect(summaries.artillery.read(onStdout(artilleryText.slice(0, 120)))).toBeUndefined());
});

const texts = told.map(([, , { stdout, stderr, report }]) => report ?? (stdout || stderr));

test("whatever is cut off, in whatever text, nothing is thrown, and nothing is counted below 0", () => {
  const cut = fc
    .tuple(fc.constantFrom(...texts), fc.double({ min: 0, max: 1, noNaN: true }), fc.string())
    .map(([text, share, more]) => text.slice(0, Math.floor(share * text.length)) + more);
  fc.assert(
    fc.property(fc.constantFrom(...engineNames), cut, (name, text) => {
      for (const said of [onStdout(text), onStderr(text), inReport(text)]) {
        const { landed, failed } = summaries[name].read(said) ?? { landed: 0, failed: 0 };
        expect(Math.min(landed, failed)).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test("JSON of another shape counts nothing that is not there", () => {
  fc.assert(
    fc.property(fc.constantFrom(...engineNames), fc.json(), (name, text) => {
      const tally = summaries[name].read(inReport(text));
      expect(tally === undefined || (tally.landed === 0 && tally.failed === 0)).toBe(true);
    }),
  );
});
