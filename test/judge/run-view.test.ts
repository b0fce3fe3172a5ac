import { describe, expect, it } from "vitest";
import { viewOf } from "../../src/judge/run-view.js";
import type { RunRecord } from "../../src/model/record.js";
import { recordOf } from "./record-builder.js";

/** A run that drained after each of these batches. */
function drainedAfter(...drains: readonly number[]): RunRecord {
  const record = recordOf({ batches: 9, drains: 0 });
  const looks = drains.flatMap((batch) => {
    const at = record.snapshots.find((snapshot) => snapshot.batch === batch);
    return at ? [1, 2, 3].map(() => ({ ...at, phase: "drain" as const })) : [];
  });
  return { ...record, snapshots: [...record.snapshots, ...looks] };
}

describe("the drain that counts", () => {
  it.each<[string, readonly number[], readonly number[]]>([
    ["the last of several", [6, 9], [9, 9, 9]],
    ["none of those that batches came after", [6], []],
    ["none where there was none", [], []],
  ])("is %s", (_, drains, counted) => {
    expect(viewOf(drainedAfter(...drains)).drain.map(({ batch }) => batch)).toEqual(counted);
  });
});
