import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitLast, Gram } from "../../src/stats/least-squares.js";
import { ols } from "../../src/stats/ols.js";
import { engine, off } from "./engine.js";

function gramOf(columns: readonly (readonly number[])[]): Gram {
  return new Gram(columns.map((column) => Float64Array.from(column)));
}

const ys = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 40 });

describe("least squares of the last column", () => {
  test.each(engine.leastSquares)("as numpy has it: $coefficient", ({ columns, ...wanted }) => {
    const got = fitLast(
      gramOf(columns),
      columns.slice(0, -1).map((_, index) => index),
    );
    expect(off(got?.coefficient, wanted.coefficient)).toBeLessThan(1);
    expect(off(got?.unitVariance, wanted.unitVariance)).toBeLessThan(1);
    expect(off(got?.residualSquares, wanted.residualSquares)).toBeLessThan(1);
  });
  test("is the line of ols on a constant and x, with its standard error", () => {
    fc.assert(
      fc.property(ys, fc.integer({ min: 1, max: 9 }), (values, step) => {
        const points = values.map((y, index) => ({ x: step * index, y }));
        const line = ols(points);
        const fit = fitLast(gramOf([values.map(() => 1), points.map(({ x }) => x), values]), [0, 1]);
        if (!line || !fit) throw new Error("no line");
        expect(off(fit.coefficient, line.slope)).toBeLessThan(1);
        const error = Math.sqrt((fit.unitVariance * fit.residualSquares) / (values.length - 2));
        // A residual of nothing is the difference of sums of squares, and keeps their rounding.
        expect(error).toBeCloseTo(line.standardError, 3);
      }),
    );
  });
  test("the order of the regressors before the last one changes nothing", () => {
    const columns = engine.leastSquares.at(-1)?.columns ?? [];
    const plain = fitLast(gramOf(columns), [0, 1, 2, 3, 4]);
    const mixed = fitLast(gramOf(columns), [3, 0, 2, 1, 4]);
    expect(off(mixed?.coefficient, plain?.coefficient ?? 0)).toBeLessThan(1);
    expect(off(mixed?.unitVariance, plain?.unitVariance ?? 0)).toBeLessThan(1);
  });
  test("of one regressor is the quotient of the products", () => {
    const fit = fitLast(
      gramOf([
        [1, 2, 3],
        [9, 9, 9],
        [2, 4, 7],
      ]),
      [0],
    );
    expect(fit?.coefficient).toBeCloseTo(31 / 14, 12);
    expect(fit?.unitVariance).toBeCloseTo(1 / 14, 12);
    expect(fit?.residualSquares).toBeCloseTo(69 - 31 ** 2 / 14, 9);
  });
});

describe("columns that depend on each other", () => {
  const y = [3, 1, 4, 1];
  test.each([
    ["two that are the same", [[1, 1, 1, 1], [1, 1, 1, 1], y]],
    ["a multiple", [[1, 2, 3, 4], [-3, -6, -9, -12], y]],
    ["a sum", [[1, 1, 1, 1], [0, 1, 2, 3], [2, 3, 4, 5], y]],
    ["a column of zeros", [[1, 1, 1, 1], [0, 0, 0, 0], y]],
    [
      "more of them than rows",
      [
        [1, 0],
        [0, 1],
        [1, 1],
        [5, 6],
      ],
    ],
  ])("have no fit: %s", (_, columns) => {
    expect(fitLast(gramOf(columns), [...columns.keys()].slice(0, -1))).toBeUndefined();
  });
  test("NaN stays NaN", () => {
    const fit = fitLast(
      gramOf([
        [1, 1, 1],
        [0, 1, 2],
        [1, Number.NaN, 2],
      ]),
      [0, 1],
    );
    expect(fit?.coefficient).toBeNaN();
  });
});

describe("the sums of products", () => {
  test("are the same in either order, also when asked again", () => {
    const gram = gramOf([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect([gram.product(0, 1), gram.product(1, 0), gram.product(0, 1), gram.product(1, 1)]).toEqual([
      32, 32, 32, 77,
    ]);
    expect(gram.size).toBe(2);
  });
});
