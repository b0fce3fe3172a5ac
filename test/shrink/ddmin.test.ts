import * as fc from "fast-check";
import { expect, it } from "vitest";
import { ddmin } from "../../src/shrink/ddmin.js";

it("finds the one guilty item of many in few tries", async () => {
  let tries = 0;
  const items = Array.from({ length: 64 }, (_, index) => index);
  const left = await ddmin(items, async (subset) => {
    tries++;
    return subset.includes(37);
  });
  expect(left).toEqual([37]);
  expect(tries).toBeLessThan(20);
});

it("keeps what only fails together, in its order", async () => {
  const guilty = ["b", "g"];
  const left = await ddmin("abcdefgh".split(""), async (subset) =>
    guilty.every((item) => subset.includes(item)),
  );
  expect(left).toEqual(guilty);
});

it("ends with a failing set of which nothing can be left out", async () => {
  const sets = fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(
      sets,
      fc.array(fc.array(fc.nat(19), { minLength: 1, maxLength: 3 }), { minLength: 1 }),
      async (items, wanted) => {
        // It fails where any of these groups of items is whole.
        const groups = wanted.map((group) => group.map((index) => items[index % items.length]));
        const fails = (subset: readonly number[]): boolean =>
          groups.some((group) => group.every((item) => item !== undefined && subset.includes(item)));
        const left = await ddmin(items, async (subset) => fails(subset));
        expect(fails(left)).toBe(true);
        if (left.length > 1) {
          for (const item of left) expect(fails(left.filter((other) => other !== item))).toBe(false);
        }
      },
    ),
  );
});
