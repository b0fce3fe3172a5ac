import { describe, expect, test } from "vitest";
import { judgeSeries } from "../../../src/judge/judge-series.js";
import type { Shape } from "../../../src/model/verdict.js";
import { memory, mib, over, rigour } from "./series-builder.js";

interface Row {
  readonly name: string;
  readonly shape: Shape;
  readonly grown: (batch: number) => number;
  readonly restarts?: readonly number[];
}

function warm(batch: number): number {
  return 40 * mib * (1 - Math.exp(-batch / 5));
}

const stable: readonly Row[] = [
  { name: "rests", shape: "flat", grown: () => 0 },
  { name: "warms up", shape: "warm-up", grown: warm },
  { name: "steps up once", shape: "one-off step", grown: (batch) => (batch > 15 ? 20 * mib : 0) },
];

const leaks: readonly Row[] = [
  { name: "10 KiB by each operation", shape: "steady leak", grown: (batch) => 0.5 * batch * mib },
  { name: "1 MiB by each operation", shape: "steady leak", grown: (batch) => 50 * batch * mib },
  { name: "beneath a warm-up", shape: "leak on a pool", grown: (batch) => warm(batch) + batch * mib },
  { name: "after a threshold", shape: "late leak", grown: (batch) => Math.max(0, batch - 20) * mib },
  {
    name: "behind restarts",
    shape: "leak behind restarts",
    grown: (batch) => ((batch - 1) % 20) * 2 * mib,
    restarts: [20, 40],
  },
];

const seeds = [1, 2, 3, 4];

describe.each(seeds)("with the noise of seed %i, memory that", (seed) => {
  test.each(stable)("$name is no leak", ({ shape, grown }) => {
    const verdict = judgeSeries(memory(50, grown, { seed }), rigour);
    expect(verdict).toMatchObject({ verdict: "pass", shape });
    expect(verdict.reason).toMatch(/; anything above .* per operation would have been seen$/);
  });

  test.each(leaks)("leaks $name fails", ({ shape, grown, restarts = [] }) => {
    expect(judgeSeries(memory(50, grown, { seed }), rigour, restarts)).toMatchObject({
      verdict: "fail",
      shape,
    });
  });
});

test("a level that was still rising before the load, and rests then, drifted", () => {
  const drifting = { ...memory(50, () => 0), baseline: [60 * mib, 80 * mib, 100 * mib] };
  expect(judgeSeries(drifting, rigour)).toMatchObject({ verdict: "pass", shape: "baseline drift" });
  // Three looks in order by the noise alone are none.
  const ordered = { ...memory(50, () => 0), baseline: [99.5, 100, 100.5].map((each) => each * mib) };
  expect(judgeSeries(ordered, rigour)).toMatchObject({ verdict: "pass", shape: "flat" });
});

test("what the drain gave back of it was only slow", () => {
  const slow = memory(50, (batch) => batch * mib);
  expect(judgeSeries({ ...slow, drain: slow.baseline }, rigour)).toMatchObject({
    verdict: "inconclusive",
    shape: "slow release",
  });
});

test("the interval of a rate holds it about as often as it says", () => {
  const rate = 0.5 * mib;
  const held = over(60, (seed) =>
    judgeSeries(
      memory(30, (batch) => rate * batch, { seed }),
      rigour,
    ),
  ).filter(({ low, high }) => low <= rate / 50 && rate / 50 <= high);
  expect(held.length).toBeGreaterThanOrEqual(52);
});

test("no leak passes that is twice what a pass under other noise of the same size would have seen", () => {
  for (const seed of over(20, (each) => each)) {
    const { detectable } = judgeSeries(
      memory(50, () => 0, { seed }),
      rigour,
    );
    const leak = memory(50, (batch) => 2 * 50 * detectable * batch, { seed: seed + 100 });
    expect(judgeSeries(leak, rigour).verdict).not.toBe("pass");
  }
});
