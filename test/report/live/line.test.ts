import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Progress } from "../../../src/model/progress.js";
import { liveLine } from "../../../src/report/live/line.js";
import { textWidth } from "../../../src/report/text-width.js";

const progress: Progress = {
  scenario: "goose-churn",
  phase: "batch",
  batch: 4,
  batches: 8,
  operations: 180,
  totalOperations: 400,
  failed: 0,
  perSecond: 38,
  tasks: 12,
  fds: 31,
  processes: 1,
  ptys: 0,
  rssBytes: 74 * 1024 ** 2,
  etaMs: 12_000,
};

const bare: Progress = {
  ...progress,
  phase: "start",
  operations: 0,
  totalOperations: undefined,
  perSecond: undefined,
  tasks: undefined,
  fds: undefined,
  processes: undefined,
  ptys: undefined,
  rssBytes: undefined,
  etaMs: undefined,
};

describe("liveLine", () => {
  it.each<[string, Progress, number]>([
    [
      "goose-churn  batch 4/8  ops 180/400  38/s  tasks 12 fds 31 procs 1 ptys 0  rss 74 MiB  ETA 12 s",
      progress,
      120,
    ],
    ["goose-churn  batch 4/8  ops 180/400  tasks 12 fds 31 procs 1 ptys 0  ETA 12 s", progress, 80],
    ["goose-churn  batch 4/8  ops 180/400  failed 3  ETA 12 s", { ...progress, failed: 3 }, 60],
    [
      "goose-churn  batch 4/8  ops 180/400  ETA 12 s  waits for memory, fds",
      { ...progress, waitsFor: "memory, fds" },
      80,
    ],
    ["goose-churn  batch 4/8  ops 180/400  waits for memory", { ...progress, waitsFor: "memory" }, 60],
    ["goose-churn  batch 4/8  ops 180/400", { ...progress, waitsFor: "memory" }, 50],
    ["goose-churn  settle 4  ops 180", { ...bare, phase: "settle", batches: undefined, operations: 180 }, 80],
    ["goose-churn  start  ops 0", bare, 80],
    ["goose-churn", progress, 12],
    ["goose…", progress, 7],
    ["", progress, 0],
  ])("%s", (line, given, width) => {
    expect(liveLine(given, width)).toBe(line);
  });

  it("stays below the width, whatever the scenario is called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat({ max: 150 }), (scenario, width) => {
        const line = liveLine({ ...progress, scenario }, width);
        expect(textWidth(line)).toBeLessThanOrEqual(Math.max(0, width - 1));
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      }),
    );
  });
});
