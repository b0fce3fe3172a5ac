import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Increment } from "../../src/stats/increments.js";
import { tailAfterChange } from "../../src/stats/rate-change.js";
import { poisson } from "./noise.js";

/** Increments of the given means, each for so many in a row. */
function runs(
  parts: readonly (readonly [length: number, mean: number])[],
  units: (mean: number) => number = (mean) => mean,
): Increment[] {
  return parts
    .flatMap(([length, mean]) => Array.from({ length }, () => units(mean)))
    .map((units, index) => ({ from: index, to: index + 1, units }));
}

function startOf(increments: readonly Increment[]): number {
  return increments.length - tailAfterChange(increments).increments.length;
}

describe("the tail after a change of rate", () => {
  test.each<[string, [number, number][], number]>([
    ["one rate", [[40, 3]], 0],
    ["none", [[40, 0]], 0],
    [
      "two rates",
      [
        [20, 2],
        [20, 9],
      ],
      20,
    ],
    [
      "a rate that ends",
      [
        [25, 4],
        [15, 0],
      ],
      25,
    ],
    [
      "a rate that begins",
      [
        [25, 0],
        [15, 4],
      ],
      25,
    ],
    [
      "three rates",
      [
        [20, 9],
        [20, 3],
        [20, 1],
      ],
      40,
    ],
    [
      "three rates, up and down",
      [
        [20, 1],
        [20, 12],
        [20, 5],
      ],
      40,
    ],
    [
      "a change too late to have a tail of 4",
      [
        [37, 2],
        [3, 2.5],
      ],
      0,
    ],
    [
      "too few to have two sides",
      [
        [2, 1],
        [3, 9],
      ],
      0,
    ],
  ])("of regular increments, exactly: %s", (_, parts, start) => {
    expect(startOf(runs(parts))).toBe(start);
  });
  test.each<[string, [number, number][], number]>([
    [
      "up",
      [
        [30, 1],
        [30, 6],
      ],
      30,
    ],
    [
      "down",
      [
        [30, 8],
        [30, 2],
      ],
      30,
    ],
    [
      "twice",
      [
        [25, 20],
        [25, 8],
        [30, 2],
      ],
      50,
    ],
  ])("of Poisson increments, nearly: %s", (_, parts, start) => {
    const next = poisson(21);
    const starts = Array.from({ length: 50 }, () => startOf(runs(parts, next)));
    const near = starts.filter((found) => Math.abs(found - start) <= 3).length;
    expect(near).toBeGreaterThanOrEqual(45);
  });
  test.each([0.3, 3, 30])("one rate of Poisson increments seldom changes: %s", (mean) => {
    const next = poisson(22);
    const series = 300;
    const changed = Array.from({ length: series }, () => startOf(runs([[50, mean]], next)) > 0);
    expect(changed.filter(Boolean).length / series).toBeLessThanOrEqual(0.03);
  });
  test("clumps need a larger change than single events", () => {
    const found = (units: (next: (mean: number) => number) => (mean: number) => number): number => {
      const draw = units(poisson(24));
      const starts = Array.from({ length: 100 }, () =>
        startOf(
          runs(
            [
              [30, 1],
              [30, 1.5],
            ],
            draw,
          ),
        ),
      );
      return starts.filter((start) => start > 0).length;
    };
    expect(found((next) => (mean) => next(12 * mean))).toBeGreaterThan(90);
    expect(found((next) => (mean) => 12 * next(mean))).toBeLessThan(30);
  });
  test("gains more the larger the change, and nothing without one", () => {
    const gains = [3, 6, 12, 24].map(
      (mean) =>
        tailAfterChange(
          runs([
            [20, 3],
            [20, mean],
          ]),
        ).gain,
    );
    expect(gains).toEqual(gains.toSorted((a, b) => a - b));
    expect(gains[0]).toBe(0);
    expect(gains[1]).toBeGreaterThan(2 * Math.log(40));
  });
  test("is the end of what was given, the same each time, in any unit of x", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 }), (units) => {
        const increments = units.map((units, index) => ({ from: index, to: index + 1, units }));
        const { increments: tail, gain } = tailAfterChange(increments);
        expect(tail).toEqual(increments.slice(increments.length - tail.length));
        expect(tail.length).toBeGreaterThanOrEqual(Math.min(4, increments.length));
        expect(gain > 0).toBe(tail.length < increments.length);
        expect(tailAfterChange(increments)).toEqual({ increments: tail, gain });
        const longer = increments.map(({ from, to, units }) => ({ from: 16 * from, to: 16 * to, units }));
        expect(tailAfterChange(longer).increments.length).toBe(tail.length);
      }),
    );
  });
});
