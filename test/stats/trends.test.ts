import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kendallTau } from "../../src/stats/kendall-tau.js";
import { mannKendall } from "../../src/stats/mann-kendall.js";
import { ols } from "../../src/stats/ols.js";

interface Vector {
  readonly name: string;
  readonly x: number[];
  readonly y: number[];
  readonly mannKendall: Record<"S" | "varS" | "z" | "pTwoSided", number>;
  readonly kendallTauB: number | null;
  readonly ols?: Record<"slope" | "intercept" | "stderr" | "pTwoSided", number>;
}

const vectors: Vector[] = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url), "utf8"));

function pointsOf(ys: readonly number[], xs?: readonly number[]) {
  return ys.map((y, index) => ({ x: xs?.[index] ?? index, y }));
}

function expectClose(got: number | undefined, wanted: number | undefined, what: string): void {
  const off = Math.abs((got ?? Number.NaN) - (wanted ?? Number.NaN));
  expect(off, `${what}: ${got} for ${wanted}`).toBeLessThanOrEqual(1e-9);
}

describe.each(vectors)("the published values of $name", ({ x, y, ...wanted }) => {
  test("Mann–Kendall", () => {
    const got = mannKendall(y);
    expect(got.s).toBe(wanted.mannKendall.S);
    expectClose(got.variance, wanted.mannKendall.varS, "variance");
    expectClose(got.z, wanted.mannKendall.z, "z");
    expectClose(got.pTwoSided, wanted.mannKendall.pTwoSided, "p");
  });
  test("Kendall's tau-b", () => {
    const got = kendallTau(pointsOf(y, x));
    if (wanted.kendallTauB === null) expect(got).toBeUndefined();
    else expectClose(got, wanted.kendallTauB, "tau");
  });
  test("least squares", () => {
    const got = ols(pointsOf(y, x));
    const { slope, intercept, stderr, pTwoSided } = wanted.ols ?? {
      // A flat line is left out of the file.
      slope: 0,
      intercept: y[0],
      stderr: 0,
      pTwoSided: 1,
    };
    expectClose(got?.slope, slope, "slope");
    expectClose(got?.intercept, intercept, "intercept");
    expectClose(got?.standardError, stderr, "standard error");
    expectClose(got?.pTwoSided, pTwoSided, "p");
  });
});

/** Kendall's S and its ties as they are defined: by looking at every pair. */
function everyPair(points: readonly { x: number; y: number }[]) {
  const sums = { s: 0, pairs: 0, tiedX: 0, tiedY: 0 };
  for (const [i, a] of points.entries()) {
    for (const b of points.slice(i + 1)) {
      sums.s += Math.sign(b.x - a.x) * Math.sign(b.y - a.y);
      sums.pairs += 1;
      sums.tiedX += Number(a.x === b.x);
      sums.tiedY += Number(a.y === b.y);
    }
  }
  return sums;
}

const few = fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 40 });
const tiedPoints = fc.array(
  fc.record({ x: fc.integer({ min: 0, max: 6 }), y: fc.integer({ min: 0, max: 6 }) }),
  {
    maxLength: 40,
  },
);

describe("Mann–Kendall", () => {
  test("counts every pair, with ties", () => {
    fc.assert(
      fc.property(few, (ys) => {
        expect(mannKendall(ys).s).toBe(everyPair(pointsOf(ys)).s);
      }),
    );
  });
  test("a shift and a scale change nothing, backwards it has the other sign", () => {
    fc.assert(
      fc.property(
        few,
        fc.integer({ min: -9, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (ys, shift, scale) => {
          const plain = mannKendall(ys);
          expect(mannKendall(ys.map((y) => y * scale + shift))).toEqual(plain);
          const backwards = mannKendall(ys.toReversed());
          expect(backwards.s + plain.s).toBe(0);
          expect(backwards.pTwoSided).toBe(plain.pTwoSided);
          expect(plain.pTwoSided).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
  test.each([[[]], [[7]], [[3, 3, 3, 3]]])("%j shows no trend", (values) => {
    expect(mannKendall(values)).toEqual({ s: 0, variance: 0, z: 0, pTwoSided: 1 });
  });
  test("of two values nothing can be said", () => {
    expect(mannKendall([1, 2])).toEqual({ s: 1, variance: 1, z: 0, pTwoSided: 1 });
  });
  test("more points than could be looked at in pairs", () => {
    const n = 200_000;
    const { s, z } = mannKendall(Array.from({ length: n }, (_, i) => i));
    expect(s).toBe((n * (n - 1)) / 2);
    expect(z).toBeGreaterThan(100);
  });
  test("NaN is refused", () => {
    expect(() => mannKendall([1, Number.NaN])).toThrow(new RangeError("values[1] is NaN"));
  });
});

describe("Kendall's tau-b", () => {
  test("is what every pair says, whatever the order of the points", () => {
    fc.assert(
      fc.property(tiedPoints, (points) => {
        const { s, pairs, tiedX, tiedY } = everyPair(points);
        const tau = kendallTau(points);
        if (pairs === tiedX || pairs === tiedY) expect(tau).toBeUndefined();
        else expectClose(tau, s / Math.sqrt((pairs - tiedX) * (pairs - tiedY)), "tau");
        expect(kendallTau(points.toReversed())).toBe(tau);
        const mirrored = kendallTau(points.map(({ x, y }) => ({ x, y: -y })));
        if (tau !== undefined) expectClose(mirrored, -tau, "mirrored");
      }),
    );
  });
  test.each([[[]], [[{ x: 1, y: 1 }]], [pointsOf([2, 2, 2])], [pointsOf([1, 2], [3, 3])]])(
    "%j has none",
    (points) => expect(kendallTau(points)).toBeUndefined(),
  );
  test("infinite values have a rank", () => {
    expect(kendallTau(pointsOf([1, 2, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]))).toBeCloseTo(
      5 / Math.sqrt(30),
      12,
    );
  });
  test.each(["x", "y"])("NaN in %s is refused", (name) => {
    const point = { x: 0, y: 0, [name]: Number.NaN };
    expect(() => kendallTau([{ x: 1, y: 1 }, point])).toThrow(new RangeError(`${name}[1] is NaN`));
  });
});

describe("least squares", () => {
  const many = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 3, maxLength: 30 });

  test("a shift moves the intercept alone, a scale scales all but p, backwards the slope turns", () => {
    fc.assert(
      fc.property(
        many,
        fc.integer({ min: -9, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (ys, shift, scale) => {
          const plain = ols(pointsOf(ys));
          const moved = ols(pointsOf(ys.map((y) => y * scale + shift)));
          const turned = ols(pointsOf(ys.toReversed()));
          if (!(plain && moved && turned)) throw new Error("a line was expected");
          expect(moved.slope).toBeCloseTo(plain.slope * scale, 8);
          expect(moved.intercept).toBeCloseTo(plain.intercept * scale + shift, 8);
          expect(moved.standardError).toBeCloseTo(plain.standardError * scale, 8);
          expect(turned.slope).toBeCloseTo(-plain.slope, 8);
          expect(turned.standardError).toBeCloseTo(plain.standardError, 8);
          expect(plain.pTwoSided).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
  test("a line far from 0 keeps its digits", () => {
    const line = ols(pointsOf([1e9, 1e9 + 1, 1e9 + 2, 1e9 + 3], [1e9, 1e9 + 1, 1e9 + 2, 1e9 + 3]));
    expect(line).toMatchObject({ slope: 1, intercept: 0, standardError: 0, pTwoSided: 0 });
  });
  test("a constant that no double holds is flat all the same", () => {
    expect(ols(pointsOf([0.1, 0.1, 0.1]))).toEqual({
      slope: 0,
      intercept: 0.1,
      standardError: 0,
      pTwoSided: 1,
    });
  });
  test.each([[[]], [pointsOf([1])], [pointsOf([1, 2])], [pointsOf([1, 2, 3], [0.1, 0.1, 0.1])]])(
    "%j has none",
    (points) => expect(ols(points)).toBeUndefined(),
  );
  test.each([Number.NaN, Number.POSITIVE_INFINITY])("%s is refused", (y) => {
    expect(() => ols([{ x: 0, y }])).toThrow(new RangeError(`y[0] is ${y}`));
    expect(() => ols([{ x: y, y: 0 }])).toThrow(new RangeError(`x[0] is ${y}`));
  });
});
