import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeBare } from "../../src/judge/judge-bare.js";
import type { Series, SeriesPoint, SeriesVerdict } from "../../src/model/series.js";

function seriesOf(parts: Partial<Series> & { readonly samples: readonly number[] }): Series {
  const { samples, ...others } = parts;
  const points = samples.map((value, index) => ({
    operations: 50 * (index + 1),
    atMs: 3000 * (index + 1),
    value,
  }));
  return { name: "made-up", kind: "count", baseline: [5], points, drain: [5], ...others };
}

/** What holds of every verdict, whatever came in. */
function requireTold({ verdict, reason, detectable }: SeriesVerdict): void {
  expect(reason).not.toBe("");
  if (verdict === "pass") expect(Number.isFinite(detectable) && detectable > 0).toBe(true);
}

/** And of those on levels that a server can have. */
function requireSound(found: SeriesVerdict): void {
  requireTold(found);
  const { verdict, perOperation, low, high } = found;
  if (verdict !== "pass" && verdict !== "fail") return;
  expect(low).toBeLessThanOrEqual(perOperation);
  expect(high).toBeGreaterThanOrEqual(perOperation);
}

describe("too little to judge is inconclusive, with the reason", () => {
  it.each([
    ["no sample", seriesOf({ samples: [] }), "there is no sample"],
    ["one sample", seriesOf({ samples: [5] }), "there is only one sample"],
    ["five samples", seriesOf({ samples: [5, 5, 5, 5, 5] }), "only 5 samples, and 6 are needed"],
    ["no baseline", seriesOf({ samples: [5, 5, 5], baseline: [] }), "there is no look before the load"],
  ])("%s", (_, series, reason) => {
    const found = judgeBare(series);
    expect(found).toMatchObject({ verdict: "inconclusive", detectable: Number.POSITIVE_INFINITY });
    expect(found.reason).toContain(reason);
  });
});

describe("whatever a file can hold is judged without a throw", () => {
  const count = fc.oneof(fc.nat(9), fc.nat(1e6), fc.constant(0));
  const bytes = fc.oneof(count, fc.nat(2 ** 31 - 1), fc.double({ min: 1, max: 1e12, noNaN: true }));
  const extreme = fc.oneof(count, fc.maxSafeNat(), fc.constant(Number.MAX_SAFE_INTEGER));
  const tiny = fc.oneof(extreme, fc.double({ min: 0, max: Number.MAX_SAFE_INTEGER, noNaN: true }));
  const places = (value: fc.Arbitrary<number>): fc.Arbitrary<SeriesPoint[]> =>
    fc
      .uniqueArray(fc.record({ operations: fc.oneof(fc.nat(50), fc.maxSafeNat()), value }), {
        selector: ({ operations }) => operations,
        maxLength: 40,
      })
      .map((points) =>
        points
          .toSorted((a, b) => a.operations - b.operations)
          .map((point, index) => ({ ...point, atMs: 1 + index * 3000 })),
      );
  const series = (kind: Series["kind"], value: fc.Arbitrary<number>): fc.Arbitrary<Series> =>
    fc.record({
      name: fc.string(),
      kind: fc.constant(kind),
      baseline: fc.array(value, { maxLength: 4 }),
      points: places(value),
      drain: fc.array(value, { maxLength: 4 }),
    });

  const all = (given: fc.Arbitrary<Series>, require: (found: SeriesVerdict) => void): void =>
    fc.assert(fc.property(given, (series) => require(judgeBare(series))));

  it("counts", () => all(series("count", count), requireSound));

  it("bytes", () => all(series("memory", bytes), requireSound));

  it("counts beyond all measure", () => all(series("count", extreme), requireTold));

  it("bytes beyond all measure, and next to none", () => all(series("memory", tiny), requireTold));

  it.each(["count", "memory"] as const)("the same %s, or none, at every look", (kind) => {
    for (const level of [0, 1, 2 ** 40])
      for (let length = 0; length < 30; length++) {
        const looks = { baseline: [level, level], drain: [level, level] };
        requireSound(judgeBare(seriesOf({ kind, samples: Array.from({ length }, () => level), ...looks })));
      }
  });
});
