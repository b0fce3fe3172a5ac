import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Line, LineSplitter } from "../../src/lifecycle/line-splitter.js";

function split(chunks: readonly Buffer[], maxLineBytes: number): Line[] {
  const splitter = new LineSplitter(maxLineBytes);
  return [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.flush()];
}

function texts(text: string, maxLineBytes = 1000): string[] {
  return split([Buffer.from(text)], maxLineBytes).map((line) => line.text);
}

const whole = (text: string): Line => ({ text, truncated: false });
const cut = (text: string): Line => ({ text, truncated: true });

test.each([
  { text: "", lines: [] },
  { text: "\n", lines: [""] },
  { text: "a", lines: ["a"] },
  { text: "a\n", lines: ["a"] },
  { text: "a\n\nb", lines: ["a", "", "b"] },
  { text: "a\r\nb\r", lines: ["a", "b"] },
  { text: "a\rb\n", lines: ["a\rb"] },
])("$text", ({ text, lines }) => {
  expect(texts(text)).toEqual(lines);
});

describe("a line of more than the maximum", () => {
  test.each([
    { text: "1234\nx\n", lines: [whole("1234"), whole("x")] },
    { text: "12345\nx\n", lines: [cut("1234"), whole("x")] },
    { text: "1234567890", lines: [cut("1234")] },
    { text: "12345\n", lines: [cut("1234")] },
    { text: "123é\nx", lines: [cut("123"), whole("x")] },
    { text: "12345\n12345\n\n", lines: [cut("1234"), cut("1234"), whole("")] },
  ])("$text", ({ text, lines }) => {
    expect(split([Buffer.from(text)], 4)).toEqual(lines);
    const bytes = [...Buffer.from(text)].map((byte) => Buffer.from([byte]));
    expect(split(bytes, 4)).toEqual(lines);
  });

  test("is delivered as soon as it is too long, and its rest is dropped", () => {
    const splitter = new LineSplitter(4);
    expect(splitter.push(Buffer.from("12345"))).toEqual([cut("1234")]);
    for (let i = 0; i < 100; i += 1) expect(splitter.push(Buffer.alloc(1000, "x"))).toEqual([]);
    expect(splitter.push(Buffer.from("\nnext\n"))).toEqual([whole("next")]);
    expect(splitter.flush()).toEqual([]);
  });
});

/** Bytes, cut at arbitrary places. */
function chunksOf(bytes: Buffer): fc.Arbitrary<Buffer[]> {
  return fc.array(fc.nat(bytes.length), { maxLength: 10 }).map((places) => {
    const cuts = [0, ...places.sort((a, b) => a - b), bytes.length];
    return cuts.slice(1).map((end, i) => bytes.subarray(cuts[i], end));
  });
}

const text = fc
  .array(fc.oneof(fc.string({ unit: "grapheme" }), fc.constant("\n")))
  .map((parts) => parts.join(""));

test("lines do not depend on where the chunks are cut, nor do characters", () => {
  const cutText = text.chain((whole) => chunksOf(Buffer.from(whole)).map((chunks) => ({ whole, chunks })));
  fc.assert(
    fc.property(cutText, fc.integer({ min: 1, max: 40 }), ({ whole, chunks }, max) => {
      expect(split(chunks, max)).toEqual(split([Buffer.from(whole)], max));
    }),
  );
});

test("short lines come back as they were", () => {
  const line = fc.string({ unit: "grapheme" }).map((s) => s.replace(/[\r\n]/g, ""));
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      expect(texts(lines.map((each) => `${each}\n`).join(""), 100_000)).toEqual(lines);
    }),
  );
});

test("no line is longer than the maximum, and none that fits is called truncated", () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 40 }), (whole, max) => {
      for (const line of split([Buffer.from(whole)], max)) {
        const bytes = Buffer.byteLength(line.text);
        expect(bytes).toBeLessThanOrEqual(max);
        // At most one character of four bytes was cut through.
        if (line.truncated) expect(bytes).toBeGreaterThan(max - 4);
      }
    }),
  );
});
