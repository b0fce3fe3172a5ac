import { expect, it } from "vitest";
import { suspectsOf } from "../../src/soak/suspects.js";
import { files, recordOf, server } from "../judge/record-builder.js";
import { mixedRun } from "../ledger/mixed-run.js";

const flows = ["a", "b", "c"].map((name) => ({ name }));
const leaksOf = (leaks: Parameters<typeof mixedRun>[0]["leaks"], batches = 16): string[] => {
  const { record } = mixedRun({ flows, leaks, batches });
  return suspectsOf({ ...record, stop: undefined, end: undefined, truncated: true });
};

it("suspects the flows that leak, of whatever resource", () => {
  expect(leaksOf({ b: { fds: 1 } })).toEqual(["b"]);
  expect(leaksOf({ b: { fds: 1 }, c: { tasks: 1 } }).toSorted()).toEqual(["b", "c"]);
});

it("suspects all of them where the mixes cannot tell them apart", () => {
  const leaking = recordOf({ processes: ({ batch }) => [server(files(1, 1 + 50 * batch))] });
  expect(suspectsOf(leaking)).toEqual(["polite", "rude"]);
});

it("suspects nobody where nothing fails", () => {
  expect(leaksOf({})).toEqual([]);
});
