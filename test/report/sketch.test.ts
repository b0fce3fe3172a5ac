import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Curve, sketch } from "../../src/report/sketch.js";

const canvas = { width: 40, height: 12, label: (y: number) => String(Math.round(y)) };

function curve(ys: readonly number[], parts: Partial<Curve> = {}): Curve {
  return { points: ys.map((y, x) => ({ x, y })), after: [], baseline: undefined, ...parts };
}

describe("sketch", () => {
  it("draws a ramp from the lower left to the upper right, the baseline below, the looks after apart", () => {
    const rows = sketch(curve([1, 2, 3, 4], { baseline: 1, after: [4, 2] }), {
      ...canvas,
      width: 20,
      height: 4,
    });
    expect(rows).toEqual([
      "4 |            * o",
      "  |        *",
      "2 |    *          o",
      "1 |*---------------",
    ]);
  });

  it("draws nothing where there is nothing", () => {
    expect(sketch(curve([]), canvas)).toEqual([]);
  });

  it("lays a flat curve into the middle of few rows", () => {
    const rows = sketch(curve([7, 7, 7], { baseline: 7 }), canvas);
    expect(rows.map((row) => row.replace(/-+/g, "-"))).toEqual(["  |", "7 |*-*-*", "  |"]);
  });

  it("keeps a single peak among 100,000 points", () => {
    const ys = Array.from({ length: 100_000 }, (_, x) => (x === 54_321 ? 900 : 10));
    const rows = sketch(curve(ys), canvas);
    expect(rows[0]).toMatch(/^900 \| {17,19}\*$/);
    expect(rows.at(-1)).toMatch(/^ 10 \|\*{30,}/);
  });

  it("keeps to its width and height, with the highest and the least value on it", () => {
    const number = fc.integer({ min: 0, max: 1e6 });
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 1, maxLength: 200 }),
        fc.array(number, { maxLength: 9 }),
        fc.integer({ min: 30, max: 100 }),
        (ys, after, width) => {
          const rows = sketch(curve(ys, { after, baseline: ys[0] }), { ...canvas, width });
          expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(width);
          const all = [...ys, ...after];
          const isFlat = new Set(all).size === 1;
          expect(rows).toHaveLength(isFlat ? 3 : 12);
          if (isFlat) return;
          expect(rows[0]).toMatch(new RegExp(`^ *${Math.max(...all)} \\|.*[*o]`));
          expect(rows[11]).toMatch(new RegExp(`^ *${Math.min(...all)} \\|.*[*o-]`));
        },
      ),
    );
  });
});
