import { describe, expect, it } from "vitest";
import { judgeRun } from "../../src/judge/judge-run.js";
import { viewOf } from "../../src/judge/run-view.js";
import type { RunRecord } from "../../src/model/record.js";
import { child, files, nodeProbe, type Plan, recordOf, server, zombie } from "./record-builder.js";

/** What the tail leaves of everything is far more than the load did. */
const plan: Plan = {
  processes: ({ batch, alone = 0 }) => [
    server(files(1, 1 + 10 * batch + 100 * alone)),
    ...Array.from({ length: alone }, (_, index) => child(500 + index)),
    ...Array.from({ length: alone }, (_, index) => zombie(700 + index)),
  ],
  probes: ({ alone = 0 }) => [nodeProbe(4 + 100 * alone, 10e6 * (1 + alone))],
};

function withFailedTail(record: RunRecord): RunRecord {
  const operations = record.operations.map((operation) =>
    operation.tail === true ? { ...operation, outcome: "failed" as const, reason: "EMFILE" } : operation,
  );
  return { ...record, operations };
}

describe("the tail of a run", () => {
  it("is seen apart, in order", () => {
    const { tail } = viewOf(recordOf({ tail: 3 }));
    expect(tail.map(({ after }) => after)).toEqual([0, 1001, 1002, 1003, 1003]);
  });

  it("changes no verdict, no rate, no peak and no count of operations", () => {
    const without = judgeRun(recordOf(plan));
    const tailed = recordOf({ ...plan, tail: 6 });
    expect(without.criteria.map(({ verdict }) => verdict)).toContain("fail");
    for (const record of [tailed, withFailedTail(tailed)]) {
      expect({ ...judgeRun(record), durationMs: without.durationMs }).toEqual(without);
    }
  });
});
