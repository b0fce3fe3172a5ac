import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Curve, curvesOf, type Design, designOf } from "../../src/stats/curves.js";
import { fitLast, Gram } from "../../src/stats/least-squares.js";

function designed(count: number, jumps: readonly number[] = [], y: (x: number) => number = (x) => x): Design {
  const design = designOf(
    Array.from({ length: count }, (_, x) => ({ x: 3 + 2 * x, y: y(x) })),
    jumps,
  );
  if (!design) throw new Error("no design");
  return design;
}

function kindsOf(design: Design): Curve["kind"][] {
  return [...new Set(curvesOf(design).map(({ kind }) => kind))].toSorted();
}

describe("a design", () => {
  test("places run from 0 to 1, y from 0, and the distances are 1", () => {
    const design = designed(5, [], (x) => 7 + x * x);
    expect([design.rows, design.span]).toEqual([5, 8]);
    expect(Array.from(design.distances)).toEqual([0, 1, 1, 1, 1]);
    expect(Array.from(design.columns[0] ?? [])).toEqual([1, 1, 1, 1, 1]);
    expect(Array.from(design.columns[1] ?? [])).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(Array.from(design.columns.at(-1) ?? [])).toEqual([0, 1, 4, 9, 16]);
  });
  test("uneven places have uneven distances, whose mean is 1", () => {
    const design = designOf(
      [0, 1, 4, 4, 8].map((x) => ({ x, y: 0 })),
      [],
    );
    expect(Array.from(design?.distances ?? [])).toEqual([0, 0.5, 1.5, 0, 2]);
  });
  test("a jump is a column that is 1 from there on", () => {
    const design = designed(6, [2, 5]);
    expect(Array.from(design.columns[1] ?? [])).toEqual([0, 0, 1, 1, 1, 1]);
    expect(Array.from(design.columns[2] ?? [])).toEqual([0, 0, 0, 0, 0, 1]);
  });
  test.each([0, 1, 3])("%s points have none", (count) => {
    expect(
      designOf(
        Array.from({ length: count }, (_, x) => ({ x, y: x })),
        [],
      ),
    ).toBeUndefined();
  });
  test("points at one x have none", () => {
    expect(
      designOf(
        Array.from({ length: 9 }, (_, y) => ({ x: 4, y })),
        [],
      ),
    ).toBeUndefined();
  });
});

describe("the curves", () => {
  test.each<[number, Curve["kind"][]]>([
    [4, ["line"]],
    [5, ["line", "transient"]],
    [11, ["line", "transient"]],
    [12, ["bend", "line", "onset", "transient"]],
    [60, ["bend", "line", "onset", "transient"]],
  ])("of %s points are %j", (count, kinds) => {
    const found = kindsOf(designed(count));
    // How few points still have a transient is a matter of what is left over: at 4 it would be nothing.
    expect(found.filter((kind) => count > 4 || kind === "line")).toEqual(kinds);
  });
  test("leave two degrees of freedom, count their parameters, and end in a slope", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 30 }), fc.integer({ min: 0, max: 3 }), (count, jumps) => {
        const design = designed(
          count,
          Array.from({ length: jumps }, (_, index) => index + 1),
        );
        for (const curve of curvesOf(design)) {
          expect(count - curve.columns.length).toBeGreaterThanOrEqual(2);
          expect(curve.parameters).toBeGreaterThanOrEqual(curve.columns.length + jumps);
          expect(curve.columns.slice(0, jumps + 1)).toEqual(
            Array.from({ length: jumps + 1 }, (_, index) => index),
          );
          const last = design.columns[curve.columns.at(-1) ?? -1];
          // The last column rises by the length of the run at the end: its coefficient is the slope there.
          expect(((last?.at(-1) ?? 0) - (last?.at(-2) ?? 0)) * (count - 1)).toBeCloseTo(1, 9);
        }
      }),
    );
  });
  test("each explains what it is made of, with the slope at its end", () => {
    const found = curvesOf(designed(40));
    for (const { kind, at = 0, columns } of found) {
      const y = (x: number): number => {
        const place = x / 39;
        if (kind === "line") return 5 * place;
        if (kind === "transient") return 5 * place - 2 * Math.exp(-place / at);
        return kind === "onset" ? 5 * Math.max(0, place - at) : 5 * place - 8 * Math.min(place, at);
      };
      const fit = fitLast(new Gram(designed(40, [], y).columns), columns);
      expect(fit?.coefficient, `${kind} at ${at}`).toBeCloseTo(5, 4);
      expect(fit?.residualSquares, `${kind} at ${at}`).toBeCloseTo(0, 6);
    }
  });
});
