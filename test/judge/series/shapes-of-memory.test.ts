import { describe, expect, test } from "vitest";
import { judgeSeries } from "../../../src/judge/judge-series.js";
import type { Shape } from "../../../src/model/verdict.js";
import { memory, mib, over, rigour } from "./series-builder.js";

type Grown = (batch: number) => number;
type Row = readonly [name: string, shape: Shape, grown: Grown, restarts: readonly number[]];

function warm(batch: number): number {
  return 40 * mib * (1 - Math.exp(-batch / 5));
}

const stable: readonly (readonly [name: string, shape: Shape, grown: Grown])[] = [
  ["rests", "flat", () => 0],
  ["warms up", "warm-up", warm],
  ["steps up once", "one-off step", (batch) => (batch > 15 ? 20 * mib : 0)],
];

const leaks: readonly Row[] = [
  ["10 KiB by each operation", "steady leak", (batch) => 0.5 * batch * mib, []],
  ["1 MiB by each operation", "steady leak", (batch) => 50 * batch * mib, []],
  ["beneath a warm-up", "leak on a pool", (batch) => warm(batch) + batch * mib, []],
  ["after a threshold", "late leak", (batch) => Math.max(0, batch - 20) * mib, []],
  ["behind restarts", "leak behind restarts", (batch) => ((batch - 1) % 20) * 2 * mib, [20, 40]],
];

const seeds = [1, 2, 3, 4];

describe.each(seeds)("with the noise of seed %i, memory that", (seed) => {
  test.each(stable)("%s is no leak", (_, shape, grown) => {
    const verdict = judgeSeries(memory(50, grown, { seed }), rigour);
    expect(verdict).toMatchObject({ verdict: "pass", shape });
    expect(verdict.reason).toMatch(/; anything above .* per operation would have been seen$/);
  });

  test.each(leaks)("leaks %s fails", (...[, shape, grown, restarts]) => {
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

test("a restart is known by its operations, whatever was left out before it", () => {
  const restarted = memory(50, (batch) => ((batch - 1) % 20) * 2 * mib);
  const points = restarted.points.map((point, index) => ({
    ...point,
    value: point.value + ([4, 12, 30].includes(index) ? 400 * mib : 0),
  }));
  const verdict = judgeSeries({ ...restarted, points }, rigour, [20, 40]);
  expect(verdict).toMatchObject({ verdict: "fail", shape: "leak behind restarts", numbers: { spikes: 3 } });
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
  const held = over(60, (seed) => {
    const { low, high } = judgeSeries(
      memory(30, (batch) => rate * batch, { seed }),
      rigour,
    );
    return Number(low <= rate / 50 && rate / 50 <= high);
  });
  expect(held.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(52);
});

test("no leak passes that is of the size that the same noise would have shown", () => {
  for (const seed of over(20, (each) => each)) {
    const { detectable } = judgeSeries(
      memory(50, () => 0, { seed }),
      rigour,
    );
    const leak = memory(50, (batch) => 50 * detectable * batch, { seed });
    expect(judgeSeries(leak, rigour).verdict).not.toBe("pass");
  }
});
