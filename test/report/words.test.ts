import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inert } from "../../src/report/inert.js";
import { cut, textWidth } from "../../src/report/text-width.js";
import { wrap } from "../../src/report/wrap.js";

describe("inert", () => {
  it("leaves plain text alone, in any script", () => {
    const text = "GET /café?q=日本 → 200 🪿";
    expect(inert(text)).toBe(text);
  });

  it("makes controls visible", () => {
    expect(inert("a\tb\nc\u001b[31m\u0000\u009f\u2028\u2066")).toBe(
      String.raw`a\x09b\x0ac\x1b[31m\x00\x9f\u2028\u2066`,
    );
  });
});

describe("textWidth and cut", () => {
  it.each([
    ["abc", 3],
    ["\u001b[31mabc\u001b[39m", 3],
    ["日本", 4],
    ["é", 1],
    ["e\u0301", 1],
    ["→ – …", 5],
    ["🪿", 2],
  ])("%s takes %i columns", (text, width) => {
    expect(textWidth(text)).toBe(width);
  });

  it("never cuts to more than was asked for", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat({ max: 30 }), (text, width) => {
        const short = cut(text, width);
        expect(textWidth(short)).toBeLessThanOrEqual(width);
        if (textWidth(text) <= width) expect(short).toBe(text);
      }),
    );
  });
});

describe("wrap", () => {
  it("breaks between words, behind its indents", () => {
    expect(wrap("one two three four", { width: 12, first: "- ", rest: "  " })).toEqual([
      "- one two",
      "  three four",
    ]);
  });

  it("keeps a word that is too long whole", () => {
    expect(wrap("a /a/very/long/path b", { width: 8, first: "", rest: "" })).toEqual([
      "a",
      "/a/very/long/path",
      "b",
    ]);
  });

  it("loses no word", () => {
    const word = fc.stringMatching(/^[a-z]{1,12}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 1, max: 40 }), (words, width) => {
        const lines = wrap(words.join(" "), { width, first: "> ", rest: "  " });
        expect(lines.flatMap((line) => line.slice(2).split(" "))).toEqual(words);
        for (const line of lines) expect(line.length <= width || !line.slice(2).includes(" ")).toBe(true);
      }),
    );
  });
});
