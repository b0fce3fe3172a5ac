import { describe, expect, test } from "vitest";
import { judgeRun } from "../../src/judge/judge-run.js";
import { rigourFor, runAlpha, runRigour } from "../../src/judge/rigour.js";
import { viewOf } from "../../src/judge/run-view.js";
import type { RunRecord } from "../../src/model/record.js";
import {
  child,
  files,
  mib,
  nodeProbe,
  type Plan,
  recordOf,
  rule,
  server,
  verdicts,
} from "./record-builder.js";

function lookedAt(record: RunRecord, times: number): RunRecord {
  const looks = Array.from({ length: times }, (_, index) => ({
    type: "look" as const,
    look: index + 1,
    batch: index + 1,
    operations: 100 * (index + 1),
    atMs: 4000 + index,
    decided: false,
  }));
  return { ...record, looks };
}

const alphaOf = (record: RunRecord) => runRigour(viewOf(record), rule).alpha;

describe("the chance of a run to fail a healthy target", () => {
  test.each([1, 4, 12])(
    "is never spent beyond 1 in 1000, with %i series and any number of looks",
    (series) => {
      let spent = 0;
      for (let look = 1; look <= 10_000; look++) spent += series * rigourFor({ series, look }).alpha;
      expect(runAlpha).toBe(0.001);
      expect(spent).toBeLessThanOrEqual(runAlpha);
      expect(spent).toBeGreaterThan(0.99 * runAlpha);
    },
  );

  test.each([
    [0, 1 / 2],
    [1, 1 / 2],
    [2, 1 / 6],
    [3, 1 / 12],
    [9, 1 / 90],
  ])("after %i looks that a record tells of, one judgement has its share of it", (looks, share) => {
    expect(alphaOf(lookedAt(recordOf(), looks))).toBeCloseTo((runAlpha / 4) * share, 12);
  });

  test("is shared by all places of the tree, and their sum", () => {
    const processes = () => [server(), child(200), child(201)];
    expect(alphaOf(recordOf({ processes }))).toBeCloseTo(runAlpha / 4 / 4 / 2, 12);
  });
});

/** From plain leaks over faint ones to none. */
const plans: readonly Plan[] = [0, 1, 2, 3, 5, 10].flatMap((each) => [
  { processes: ({ batch }) => [server(files(1, 1 + Math.floor((each * batch) / 3)))] },
  { probes: ({ batch }) => [nodeProbe(4 + Math.floor((each * batch) / 3))] },
  { probes: ({ batch }) => [nodeProbe(4, 10 * mib + each * batch * 20_000 + ((batch * 7) % 5) * 30_000)] },
]);

test("more looks at the same record make no failure, nor a pass out of one", () => {
  const criteria = { memory: { ...rule, budgetBytes: mib } };
  let changed = 0;
  for (const plan of plans) {
    const record = recordOf({ batches: 12, criteria, ...plan });
    const once = verdicts(judgeRun(lookedAt(record, 1)));
    for (const times of [2, 10, 1000]) {
      const often = verdicts(judgeRun(lookedAt(record, times)));
      for (const [id, verdict] of Object.entries(once)) {
        if (often[id] === verdict) continue;
        changed++;
        expect([verdict, often[id]]).toEqual(["fail", "inconclusive"]);
      }
    }
  }
  expect(changed).toBeGreaterThan(0);
});
