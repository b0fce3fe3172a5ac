import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type NoiseModel, whiten } from "../../src/stats/noise.js";
import { engine, off } from "./engine.js";
import { normal } from "./noise.js";

function dot(left: ArrayLike<number>, right: ArrayLike<number>): number {
  return Array.from(left).reduce((sum, value, row) => sum + value * (right[row] ?? 0), 0);
}

/** By the dense covariance matrix: its Cholesky factor L, with L⁻¹ of each column. */
function dense(columns: readonly Float64Array[], distances: readonly number[], noise: NoiseModel) {
  const places = distances.reduce<number[]>(
    (places, gap, row) => [...places, row === 0 ? 0 : (places[row - 1] ?? 0) + gap],
    [],
  );
  const factor: number[][] = [];
  for (const [row, place] of places.entries()) {
    const line: number[] = [];
    for (let other = 0; other <= row; other++) {
      const wander = (1 - noise.whiteShare) * noise.correlation ** (place - (places[other] ?? 0));
      const before = dot(line.slice(0, other), (factor[other] ?? line).slice(0, other));
      const rest = wander + (row === other ? noise.whiteShare : 0) - before;
      line.push(row === other ? Math.sqrt(rest) : rest / (factor[other]?.[other] ?? 1));
    }
    factor.push(line);
  }
  const solved = columns.map((column) =>
    factor.reduce<number[]>((done, line, row) => {
      return [...done, ((column[row] ?? 0) - dot(done, line)) / (line[row] ?? 1)];
    }, []),
  );
  const logDeterminant = 2 * factor.reduce((sum, line, row) => sum + Math.log(line[row] ?? 1), 0);
  return { columns: solved, logDeterminant };
}

const model = fc.record({
  correlation: fc.double({ min: 0, max: 0.99, noNaN: true }),
  whiteShare: fc.double({ min: 0, max: 1, noNaN: true }),
});
const gaps = fc.array(fc.double({ min: 0.1, max: 4, noNaN: true }), { minLength: 1, maxLength: 12 });

function columnsOf(rows: number): Float64Array[] {
  const next = normal(rows + 4711);
  return [new Float64Array(rows).fill(1), Float64Array.from({ length: rows }, next)];
}

describe("whitening", () => {
  test.each(engine.noise)(
    "as numpy has it with a dense matrix: $correlation, white $whiteShare",
    ({ columns, distances, products, logDeterminant, ...noise }) => {
      const got = whiten(
        columns.map((column) => Float64Array.from(column)),
        distances,
        noise,
      );
      expect(off(got.logDeterminant, logDeterminant)).toBeLessThan(1);
      const made = got.columns.map((left) => got.columns.map((right) => dot(left, right)));
      for (const [row, line] of products.entries()) {
        for (const [other, value] of line.entries()) expect(off(made[row]?.[other], value)).toBeLessThan(1);
      }
    },
  );
  test("is what Cholesky's factor of the matrix does, row by row", () => {
    fc.assert(
      fc.property(model, gaps, (noise, distances) => {
        const columns = columnsOf(distances.length);
        const [got, wanted] = [whiten(columns, distances, noise), dense(columns, distances, noise)];
        expect(Math.abs(got.logDeterminant - wanted.logDeterminant)).toBeLessThan(1e-8);
        for (const [index, column] of wanted.columns.entries()) {
          for (const [row, value] of column.entries()) {
            expect(Math.abs((got.columns[index]?.[row] ?? 0) - value)).toBeLessThan(1e-6);
          }
        }
      }),
    );
  });
  test.each([
    ["white noise", { correlation: 0, whiteShare: 1 }],
    ["noise that forgets at once", { correlation: 0, whiteShare: 0 }],
    ["noise of which nothing wanders", { correlation: 0.9, whiteShare: 1 }],
  ])("%s is left as it is", (_, noise) => {
    const columns = columnsOf(7);
    const got = whiten(columns, [9, 1, 2, 1, 0.5, 1, 1], noise);
    expect(got.columns).toEqual(columns);
    expect(got.logDeterminant).toBe(0);
  });
  test("a first-order autoregression by hand", () => {
    const got = whiten([Float64Array.of(1, 2, 4)], [1, 1, 1], { correlation: 0.6, whiteShare: 0 });
    // What 0.6 of the one before leaves, over √(1 − 0.36).
    expect(Array.from(got.columns[0] ?? [])).toEqual(
      [1, 1.4 / 0.8, 2.8 / 0.8].map((value) => expect.closeTo(value, 12)),
    );
    expect(got.logDeterminant).toBeCloseTo(2 * Math.log(0.64), 12);
  });
  test("a distance that is missing is 1, and the first is not looked at", () => {
    const noise = { correlation: 0.7, whiteShare: 0.2 };
    const wanted = whiten(columnsOf(4), [1, 1, 1, 1], noise);
    expect(whiten(columnsOf(4), [], noise)).toEqual(wanted);
    expect(whiten(columnsOf(4), [55, 1, 1], noise)).toEqual(wanted);
  });
  test("two rows at one place have no determinant without a white part, and one with it", () => {
    const columns = columnsOf(3);
    const at = (whiteShare: number) =>
      whiten(columns, [1, 0, 1], { correlation: 0.5, whiteShare }).logDeterminant;
    expect(Number.isFinite(at(0))).toBe(false);
    expect(at(0.5)).toBeCloseTo(
      dense(columns, [1, 0, 1], { correlation: 0.5, whiteShare: 0.5 }).logDeterminant,
      9,
    );
  });
  test("no rows and no columns", () => {
    expect(whiten([], [], { correlation: 0.5, whiteShare: 0 })).toEqual({ columns: [], logDeterminant: 0 });
  });
});
