import { describe, expect, test } from "vitest";
import { driftOf } from "../../src/stats/drift.js";
import { normal, remembering, walking } from "./noise.js";

/** Points of a series, and series of a kind. */
const count = 24;
const series = 200;

interface Kind {
  readonly noise: (seed: number) => () => number;
  readonly level?: (x: number) => number;
  readonly slope: number;
}

/** One series after the other out of different seeds: the share whose 95% interval holds the slope. */
function coverage({ noise, level = () => 0, slope }: Kind): number {
  const held = Array.from({ length: series }, (_, index) => {
    const next = noise(7919 * (index + 1) + 104_729 * (index % 13));
    const points = Array.from({ length: count }, (_, x) => ({ x, y: level(x) + slope * x + next() }));
    const below = driftOf(points)?.slope.cdf(slope) ?? 0;
    return below >= 0.025 && below <= 0.975;
  });
  return held.filter(Boolean).length / series;
}

const warmUp = (x: number): number => 20 * (1 - Math.exp(-x / 4));

describe("the 95% interval holds the slope", () => {
  test.each<[string, Kind]>([
    ["white noise", { noise: normal, slope: 0 }],
    ["noise that remembers", { noise: (seed) => remembering(seed, 0.5), slope: 0.2 }],
    ["a warm-up", { noise: normal, level: warmUp, slope: 0 }],
    ["a warm-up and growth", { noise: normal, level: warmUp, slope: 0.3 }],
    ["a bend", { noise: normal, level: (x) => Math.min(x, 16), slope: 0 }],
    ["a late start", { noise: normal, level: (x) => Math.max(0, 12 - x) * 0.5, slope: 0.5 }],
  ])("about as often as it says: %s", (_, kind) => {
    expect(coverage(kind)).toBeGreaterThanOrEqual(0.9);
  });
  // Over a few dozen points noise that hardly forgets looks like a curve: there the interval is too narrow.
  test.each<[string, Kind, number]>([
    ["noise that remembers much", { noise: (seed) => remembering(seed, 0.8), slope: 0.2 }, 0.75],
    ["a random walk", { noise: walking, slope: 0.3 }, 0.55],
  ])("less often than it says: %s", (_, kind, least) => {
    expect(coverage(kind)).toBeGreaterThanOrEqual(least);
  });
});
