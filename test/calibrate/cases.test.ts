import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { caseOf, seriesOf, shapes } from "../long/calibrate/case.js";
import { randomOf } from "../long/calibrate/random.js";

const which = { baseSeed: 7, batches: 20, seed: 3 };

describe("every shape", () => {
  test.each(shapes)("$name: the same seed gives the same case, another seed or base another one", (shape) => {
    const one = caseOf(shape, which);
    expect(caseOf(shape, which)).toEqual(one);
    const others = [
      ...[4, 5, 6].map((seed) => caseOf(shape, { ...which, seed })),
      caseOf(shape, { ...which, baseSeed: 8 }),
    ];
    if (shape.group === "wide" || shape.exact !== true)
      expect(others.some(({ samples }) => String(samples) !== String(one.samples))).toBe(true);
  });

  test.each(shapes)("$name: is a case that the judge can take, whatever the seed", (shape) => {
    const property = fc.property(fc.nat(), fc.integer({ min: 12, max: 120 }), (seed, batches) => {
      const labelled = caseOf(shape, { ...which, batches, seed });
      const { samples, operations, seconds, baseline, finalDrain } = labelled;
      const levels = [...baseline, ...finalDrain, ...samples.filter((each) => each !== null)];
      expect(levels.every((each) => Number.isSafeInteger(each) && each >= 0)).toBe(true);
      expect([samples.length, operations?.length ?? batches, seconds?.length ?? batches]).toEqual(
        Array.from({ length: 3 }, () => batches),
      );
      expect(baseline.length).toBeGreaterThanOrEqual(3);
      expect(finalDrain.length).toBeGreaterThanOrEqual(3);
      expect(labelled.trueRatePerOp > 0).toBe(shape.label === "leak");
    });
    fc.assert(property, { numRuns: 10 });
  });
});

test("points stand in order of operations and time, and a missing sample is no point", () => {
  let missing = 0;
  for (const shape of shapes) {
    const labelled = caseOf(shape, { ...which, batches: 50 });
    const { points } = seriesOf(labelled);
    missing += 50 - points.length;
    expect(points.length).toBe(labelled.samples.filter((each) => each !== null).length);
    for (const [i, point] of points.slice(1).entries()) {
      expect(point.operations).toBeGreaterThan(points[i]?.operations ?? Number.NaN);
      expect(point.atMs).toBeGreaterThan(points[i]?.atMs ?? Number.NaN);
    }
  }
  expect(missing).toBeGreaterThan(0);
});

/** Values of the public corpus: at its parameters the generator draws the same curves. */
const published = [
  ["flat", "20 20 20 20 20 20 20 20 20 20", 20],
  ["pool_plateau", "30 41 52 62 73 84 84 84 84 84", 84],
  ["pool_saturating", "29 36 41 45 49 51 53 55 56 57", 60],
  ["warmup_step", "20 20 28 28 28 28 28 28 28 28", 28],
  ["delayed_release", "25 30 35 35 35 35 35 35 35 35", 20],
  ["leak_every_op", "70 120 170 220 270 320 370 420 470 520", 1020],
  ["leak_tenth", "25 30 35 40 45 50 55 60 65 70", 120],
  ["leak_late_start", "20 20 20 20 20 20 20 30 40 50", 150],
  ["leak_plus_pool", "45 70 95 120 145 170 189 204 219 234", 384],
] as const;

test.each(published)("public.%s is the curve of the corpus", (name, first, end) => {
  const shape = shapes.find((each) => each.name === `public.${name}`);
  if (shape === undefined) throw new Error(name);
  const { samples, finalDrain, baseline, opsPerBatch } = caseOf(shape, which);
  expect(samples.slice(0, 10).join(" ")).toBe(first);
  expect([baseline, finalDrain, opsPerBatch]).toEqual([[20, 20, 20], [end, end, end], 50]);
});

describe("the source of randomness", () => {
  const random = randomOf(["test", 1]);

  test("is even, and normal where it says so", () => {
    const many = Array.from({ length: 20_000 }, () => [random.uniform(), random.normal()] as const);
    const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
    expect(mean(many.map(([uniform]) => uniform))).toBeCloseTo(0.5, 1);
    expect(mean(many.map(([, normal]) => normal))).toBeCloseTo(0, 1);
    expect(mean(many.map(([, normal]) => normal ** 2))).toBeCloseTo(1, 1);
  });

  test.each([0.02, 0.5, 0.97])("hits one trial in so many: %d", (p) => {
    const counts = Array.from({ length: 3000 }, () => random.hits(100, p));
    const mean = counts.reduce((sum, each) => sum + each, 0) / counts.length;
    const variance = counts.reduce((sum, each) => sum + (each - mean) ** 2, 0) / counts.length;
    expect(Math.abs(mean / (100 * p) - 1)).toBeLessThan(0.1);
    expect(Math.abs(variance / (100 * p * (1 - p)) - 1)).toBeLessThan(0.15);
  });

  test("never, always, and hardly ever", () => {
    expect([random.hits(100, 0), random.hits(100, 1), random.hits(100, 1e-20)]).toEqual([0, 100, 0]);
  });
});
