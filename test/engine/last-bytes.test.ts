import * as fc from "fast-check";
import { expect, test } from "vitest";
import { LastBytes } from "../../src/engine/last-bytes.js";

test("keeps the end, in whatever parts it comes", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "grapheme-ascii" })),
      fc.integer({ min: 1, max: 40 }),
      (parts, most) => {
        const kept = new LastBytes(most);
        for (const part of parts) kept.push(Buffer.from(part));
        expect(kept.text()).toBe(parts.join("").slice(-most));
      },
    ),
  );
});

test("a character that came in two parts is one", () => {
  const kept = new LastBytes(10);
  const bytes = Buffer.from("ü");
  kept.push(bytes.subarray(0, 1));
  kept.push(bytes.subarray(1));
  expect(kept.text()).toBe("ü");
});
