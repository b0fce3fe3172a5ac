import * as fc from "fast-check";
import { expect, it } from "vitest";
import { choleskySolve } from "../../src/stats/cholesky.js";
import { type MixedCounts, poissonMixture } from "../../src/stats/poisson-mixture.js";

const far = (rates: readonly number[]) => ({ rates, isNear: false });
const mixed = (counts: number[], ...shares: number[][]): MixedCounts => ({
  counts,
  shares,
  offsets: counts.map(() => 0),
});

it("finds what the counts are made of", () => {
  const { rates, means } = poissonMixture(mixed([7, 8, 9], [1, 2, 3], [3, 2, 1]), far([1, 1]));
  expect(rates[0]).toBeCloseTo(2.5, 4);
  expect(rates[1]).toBeCloseTo(1.5, 4);
  expect(means[2]).toBeCloseTo(9, 3);
});

it("stops at 0 where the best is below", () => {
  const { rates } = poissonMixture(mixed([9, 4, 1], [3, 2, 1], [1, 2, 3]), far([1, 1]));
  expect(rates[1]).toBeLessThan(1e-4);
  expect(rates[0]).toBeCloseTo(14 / 6, 3);
});

it("cannot explain a count by nothing", () => {
  const { likelihood } = poissonMixture({ counts: [1], offsets: [0], shares: [] }, far([]));
  expect(likelihood).toBe(Number.NEGATIVE_INFINITY);
});

/** Richardson and Lucy's, which needs many steps. */
function byEm({ counts, shares }: MixedCounts): number[] {
  let rates = shares.map(() => 1);
  for (let step = 0; step < 20_000; step++) {
    const means = Array.from(counts, (_, row) =>
      shares.reduce((sum, share, source) => sum + (share[row] ?? 0) * (rates[source] ?? 0), 0),
    );
    rates = shares.map((share, source) => {
      const total = Array.from(share).reduce((sum, n) => sum + n, 0);
      const part = Array.from(share).reduce(
        (sum, n, row) => sum + (n * (counts[row] ?? 0)) / (means[row] ?? 1),
        0,
      );
      return ((rates[source] ?? 0) * part) / total;
    });
  }
  return rates;
}

it("finds the same as EM", () => {
  const column = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 6, maxLength: 6 });
  const counts = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(counts, fc.tuple(column, column, column), (counts, [a, b, c]) => {
      const problem = mixed(counts, a, b, c);
      const { likelihood } = poissonMixture(problem, far([1, 1, 1]));
      const rates = byEm(problem);
      const means = counts.map(
        (_, row) =>
          (a[row] ?? 0) * (rates[0] ?? 0) + (b[row] ?? 0) * (rates[1] ?? 0) + (c[row] ?? 0) * (rates[2] ?? 0),
      );
      const other = means.reduce(
        (sum, mean, row) => sum + ((counts[row] ?? 0) === 0 ? 0 : (counts[row] ?? 0) * Math.log(mean)) - mean,
        0,
      );
      expect(likelihood).toBeGreaterThan(other - 1e-4);
    }),
    { numRuns: 25 },
  );
});

it("solves by Cholesky's decomposition what is positive definite, and nothing else", () => {
  const solved = choleskySolve(Float64Array.of(4, 0, 2, 3), Float64Array.of(2, 5));
  expect(solved?.[0]).toBeCloseTo(-0.5, 12);
  expect(solved?.[1]).toBeCloseTo(2, 12);
  expect(choleskySolve(Float64Array.of(1, 0, 2, 1), Float64Array.of(1, 1))).toBeUndefined();
});
