import { describe, expect, test } from "vitest";
import { judgeSeries } from "../../../src/judge/judge-series.js";
import type { Series } from "../../../src/model/series.js";
import type { Shape, Verdict } from "../../../src/model/verdict.js";
import { normal, uniform } from "../../stats/noise.js";
import { over, rigour, series } from "./series-builder.js";

type Row = readonly [name: string, series: Series, told: `${Verdict}: ${Shape}`];

/** Each of the operations of a batch leaves one with this probability. */
function rare(batches: number, probability: number, seed: number): Series {
  const next = uniform(seed);
  let held = 20;
  const batch = (): number =>
    (held += over(50, () => Number(next() < probability)).reduce((a, b) => a + b, 0));
  return series(over(batches, batch));
}

function saturating(size: number, constant: number): (batch: number) => number {
  return (batch) => Math.round(size * (1 - Math.exp(-batch / constant)));
}

function noisy(grown: (batch: number) => number, seed: number): Series {
  const next = normal(seed);
  return series(over(50, (batch) => 20 + Math.round(grown(batch) + 2 * next())));
}

const full = saturating(30, 6);
const filling = saturating(100, 10);
const beneath = saturating(60, 5);

const stable: readonly Row[] = [
  ["never moves", series(over(20, () => 20)), "pass: clean"],
  ["fills one by one, then is full", series(over(40, (b) => 20 + Math.min(b, 10))), "pass: filling pool"],
  ["fills more and more slowly, and is full", series(over(50, (b) => 20 + full(b))), "pass: filling pool"],
  ["still fills, more and more slowly", series(over(50, (b) => 20 + filling(b))), "pass: filling pool"],
  ["one step", series(over(30, (b) => (b < 8 ? 20 : 25))), "pass: one-off step"],
  ["a step at first", series(over(30, () => 25)), "pass: warm-up"],
  [
    "rises and falls back",
    series(
      over(40, (b) => 20 + 3 * (b % 8)),
      { drain: [20, 20] },
    ),
    "pass: sawtooth",
  ],
  [
    "is given back by the drain",
    series(
      over(40, (b) => 20 + b),
      { drain: [22, 21, 20] },
    ),
    "pass: slow release",
  ],
  [
    "rose before the load alone",
    series(
      over(30, () => 26),
      { baseline: [20, 23, 26] },
    ),
    "pass: baseline drift",
  ],
  ["swings", noisy(() => 0, 12), "pass: flat"],
  ["swings around a step", noisy((b) => (b < 16 ? 0 : 30), 12), "pass: one-off step"],
];

const leaks: readonly Row[] = [
  ["each operation", series(over(20, (b) => 20 + 50 * b)), "fail: steady leak"],
  ["every tenth", series(over(20, (b) => 20 + 5 * b)), "fail: steady leak"],
  ["beneath a noise", noisy((b) => b, 12), "fail: steady leak"],
  ["after a threshold", series(over(50, (b) => 20 + Math.max(0, b - 25) * 5)), "fail: late leak"],
  ["on a pool that fills", series(over(50, (b) => 20 + beneath(b) + b)), "fail: leak on a pool"],
  ["in bursts", series(over(60, (b) => 20 + 8 * Math.floor(b / 6))), "fail: leak in bursts"],
  ["behind restarts", series(over(50, (b) => 20 + 3 * ((b - 1) % 20))), "fail: leak behind restarts"],
];

const open: readonly Row[] = [
  ["a step near the end", series(over(30, (b) => (b < 27 ? 20 : 25))), "inconclusive: unclear"],
  [
    "came in the drain",
    series(
      over(30, () => 20),
      { drain: [23, 23] },
    ),
    "inconclusive: unclear",
  ],
  [
    "half given back",
    series(
      over(40, (b) => 20 + b),
      { drain: [30, 30] },
    ),
    "inconclusive: unclear",
  ],
];

describe.each([
  ["is no leak", stable],
  ["is a leak", leaks],
  ["is neither yet", open],
])("a count that %s:", (_, rows) => {
  test.each(rows)("%s", (_name, given, told) => {
    const { verdict, shape } = judgeSeries(given, rigour);
    expect(`${verdict}: ${shape}`).toBe(told);
  });
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  "one in 250 operations is a rare leak, whatever the chance (%i)",
  (seed) => {
    const verdict = judgeSeries(rare(100, 1 / 250, 7919 * seed), rigour);
    expect(verdict).toMatchObject({ verdict: "fail", shape: "rare leak" });
    expect(verdict.low).toBeLessThan(1 / 200);
    expect(verdict.high).toBeGreaterThan(1 / 300);
  },
);

test("the rate of a leak on a pool, or after a threshold, is that of the leak alone", () => {
  const late = judgeSeries(series(over(50, (b) => 20 + Math.max(0, b - 25) * 5)), rigour);
  expect(late.perOperation).toBeCloseTo(0.1, 2);
  const pool = judgeSeries(series(over(50, (b) => 20 + beneath(b) + b)), rigour);
  expect(pool.perOperation).toBeCloseTo(1 / 50, 2);
});

test("one spike that came back at once is left out, and counted", () => {
  const spiked = judgeSeries(series(over(30, (b) => (b === 12 ? 90 : 20))), rigour);
  expect(spiked).toMatchObject({ verdict: "pass", shape: "clean", numbers: { spikes: 1 } });
});

test("looks that come before the next one was due do not show that a growth is over", () => {
  const leaky = series(over(12, (batch) => 20 + 10 * (batch + 1)));
  const last = leaky.points.at(-1);
  const each = last ? last.operations / leaky.points.length : 0;
  const soon = last
    ? [0, 0.1, 0.1].map((share) => ({ ...last, operations: last.operations + share * each }))
    : [];
  const { verdict } = judgeSeries({ ...leaky, points: [...leaky.points, ...soon], drain: [] }, rigour, []);
  expect(verdict).toBe("fail");
});
