import { describe, expect, test } from "vitest";
import { caseOf, type Shape, seriesOf, shapes } from "../long/calibrate/case.js";

const seeds = Array.from({ length: 60 }, (_, i) => i + 1);
const of = (shape: Shape, batches: number) =>
  seeds.map((seed) => caseOf(shape, { baseSeed: 1, batches, seed }));
const leaks = shapes.filter(({ label }) => label === "leak");
const stable = shapes.filter(({ label }) => label === "stable");

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

/** Growth per operation between the middles of two parts of the run. */
function slopeBetween({ points }: ReturnType<typeof seriesOf>, parts: readonly [number, number][]): number {
  const [early, later] = parts.map(([from, to]) =>
    points.slice(Math.floor(points.length * from), Math.ceil(points.length * to)),
  );
  if (early === undefined || later === undefined) throw new Error("two parts, please");
  const middle = (part: typeof early, field: "value" | "operations") =>
    meanOf(part.map((each) => each[field]));
  return (
    (middle(later, "value") - middle(early, "value")) /
    (middle(later, "operations") - middle(early, "operations"))
  );
}

/** Pools are full and late leaks have begun by then. */
const lateParts: readonly [number, number][] = [
  [0.65, 0.8],
  [0.85, 1],
];

describe("what is planted is there:", () => {
  const byLateSlope = leaks.filter(
    ({ family }) => !["leak_behind_restarts", "leak_over_time"].includes(family),
  );
  test.each(byLateSlope)("$name grows at its true rate", (shape) => {
    const clear = of(shape, 100).filter((each) => each.clear);
    const ratios = clear.map((each) => slopeBetween(seriesOf(each), lateParts) / each.trueRatePerOp);
    expect(clear.length).toBeGreaterThan(10);
    expect(Math.abs(medianOf(ratios) - 1)).toBeLessThan(0.15);
  });

  test("leak_behind_restarts climbs at its true rate between the restarts", () => {
    for (const each of of(named("leak_behind_restarts"), 50)) {
      const { points } = seriesOf(each);
      const steps = points.slice(1).map(({ value, operations }, i) => ({
        grown: value - (points[i]?.value ?? 0),
        operations: operations - (points[i]?.operations ?? 0),
      }));
      expect(steps.some(({ grown }) => grown < 0)).toBe(true);
      const rates = steps.filter(({ grown }) => grown > 0).map((step) => step.grown / step.operations);
      // Whole numbers: within one count a batch.
      expect(Math.abs(medianOf(rates) - each.trueRatePerOp)).toBeLessThan(2 / each.opsPerBatch);
      expect(Math.min(...each.finalDrain)).toBeGreaterThan(Math.max(...each.baseline));
    }
  });

  test("leak_over_time follows the seconds and not the operations, through every look", () => {
    for (const each of of(named("leak_over_time"), 50)) {
      const { points, baseline, drain } = seriesOf(each);
      const [operations, seconds] = [each.operations?.at(-1), each.seconds?.at(-1)];
      if (operations === undefined || seconds === undefined) throw new Error("its batches take uneven time");
      const perMs = (each.trueRatePerOp * operations) / (seconds * 1000);
      const off = points.map(({ value, atMs }) => Math.abs(value - (baseline.at(-1) ?? 0) - perMs * atMs));
      expect(medianOf(off)).toBeLessThanOrEqual(1);
      expect(drain.at(-1)).toBeGreaterThanOrEqual(drain[0] ?? Number.POSITIVE_INFINITY);
      expect(baseline[0]).toBeLessThanOrEqual(baseline.at(-1) ?? Number.NEGATIVE_INFINITY);
    }
  });
});

describe("what is stable has stopped growing at the end, or the drain gives it back:", () => {
  test.each(stable)("$name", (shape) => {
    const ends = of(shape, 100).map((each) => {
      const level = meanOf(each.baseline);
      const held = (each.finalDrain.at(-1) ?? Number.NaN) - level;
      const { points } = seriesOf(each);
      const range =
        Math.max(...points.map(({ value }) => value)) - Math.min(...points.map(({ value }) => value));
      const operations = points.at(-1)?.operations ?? 0;
      const grown = slopeBetween(seriesOf(each), lateParts) * operations;
      return { returned: held <= 0, grown: range === 0 ? 0 : grown / range };
    });
    // A leak of the same height would grow by its whole range over the run.
    const givenBack = ends.filter(({ returned }) => returned).length > ends.length / 2;
    if (!givenBack) expect(Math.abs(meanOf(ends.map(({ grown }) => grown)))).toBeLessThan(0.25);
    expect(of(shape, 20).every(({ trueRatePerOp }) => trueRatePerOp === 0)).toBe(true);
  });

  test.each(["delayed_release", "slow_release", "held_until_drain", "sawtooth_counts", "peak_of_the_batch"])(
    "the drain of %s ends at the baseline",
    (name) => {
      for (const each of of(named(name), 50)) expect(each.finalDrain.at(-1)).toBe(each.baseline[0]);
    },
  );
});

function named(name: string): Shape {
  const found = shapes.find((shape) => shape.name === name);
  if (found === undefined) throw new Error(`no shape ${name}`);
  return found;
}
