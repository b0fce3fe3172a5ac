import type { Series, SeriesVerdict } from "../../src/model/series.js";

/** A leak of one in ten over a pool that fills first. */
export const leaking: Series = seriesOf(
  "sessions/pool",
  "count",
  (index) => 20 + Math.min(8, 2 * index) + index,
);

/** Memory that goes up and down, and stays. */
export const sawtooth: Series = seriesOf("heap", "memory", (index) => 60_000_000 + (index % 7) * 1_300_000);

export function seriesOf(name: string, kind: Series["kind"], level: (index: number) => number): Series {
  return {
    name,
    kind,
    baseline: [level(0), level(0), level(0)],
    points: Array.from({ length: 30 }, (_, index) => ({
      operations: 10 * (index + 1),
      atMs: 3000 * (index + 1),
      value: level(index + 1),
    })),
    drain: [level(30), level(30)],
  };
}

export function verdictOf(parts: Partial<SeriesVerdict> = {}): SeriesVerdict {
  return {
    verdict: "fail",
    shape: "leak on a pool",
    perOperation: 0.1,
    low: 0.09,
    high: 0.11,
    detectable: 0.004,
    perHour: undefined,
    reason:
      "30 were left by 300 operations (0.1 each), on top of a pool of 8 that had filled after 4 batches",
    numbers: { z: 7.123_456_789, "p of no trend": 0.000_000_12, points: 30 },
    ...parts,
  };
}

export const stable: SeriesVerdict = verdictOf({
  verdict: "pass",
  shape: "sawtooth",
  perOperation: 12.3,
  low: -400,
  high: 420,
  detectable: 2100,
  reason: "it goes up and down by 7.4 MiB and comes back to the same floor",
  numbers: { "floor slope": 12.3, tau: 0.01 },
});

export const undecided: SeriesVerdict = verdictOf({
  verdict: "inconclusive",
  shape: "unclear",
  perOperation: Number.NaN,
  low: Number.NEGATIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
  detectable: Number.POSITIVE_INFINITY,
  reason: "there is only one sample, and one shows no growth: take more batches",
  numbers: {},
});

export const overTime: SeriesVerdict = verdictOf({
  shape: "leak over time",
  perHour: { rate: 12, low: 11, high: 13.5 },
  halfLifeMs: 4200,
});

export const evil = "\u001b]0;owned\u0007\u009b2J\r\n\u202ekcab";
