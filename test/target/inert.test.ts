import * as fc from "fast-check";
import { expect, test } from "vitest";
import { inert } from "../../src/target/inert.js";

test.each([
  ["\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"],
  ["\x1b]0;title\x07", "\\x1b]0;title\\x07"],
  ["a\rb\nc\x00\x7f\x9b", "a\\x0db\\x0ac\\x00\\x7f\\x9b"],
  ["safe\u202egnp.exe\u2066", "safe\\u202egnp.exe\\u2066"],
  ["line\u2028break\u061c\u200f", "line\\u2028break\\u061c\\u200f"],
  ["half \ud83d of a pair", "half \\ud83d of a pair"],
  ["tab\tand 日本語 and 😀 stay", "tab\tand 日本語 and 😀 stay"],
])("%j is shown as %j", (text, shown) => {
  expect(inert(text)).toBe(shown);
});

test("nothing that a terminal acts on is left of any text, and inert text stays as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const shown = inert(text);
      expect(shown).not.toMatch(/(?!\t)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}]/u);
      expect(inert(shown)).toBe(shown);
    }),
  );
});
