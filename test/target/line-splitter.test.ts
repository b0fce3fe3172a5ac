import * as fc from "fast-check";
import { expect, test } from "vitest";
import { LineSplitter, maxLineLength } from "../../src/target/line-splitter.js";

test("lines come out whole however the text is cut into chunks", () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.nat(20)), (lines, cuts) => {
      const whole = lines.map((line) => line.replaceAll(/[\r\n]/g, ""));
      const text = whole.map((line) => `${line}\n`).join("");
      const splitter = new LineSplitter();
      const out: string[] = [];
      let at = 0;
      for (const size of cuts) {
        out.push(...splitter.push(text.slice(at, at + size)));
        at += size;
      }
      out.push(...splitter.push(text.slice(at)));
      expect(out).toEqual(whole);
      expect(splitter.pending).toBe("");
    }),
  );
});

test("a line without an end is held up to the limit, and the rest of it dropped", () => {
  const splitter = new LineSplitter();
  for (let n = 0; n < 100; n += 1) expect(splitter.push("x".repeat(1000))).toEqual([]);
  expect(splitter.pending).toHaveLength(maxLineLength);
  expect(splitter.push("y\nnext")).toEqual(["x".repeat(maxLineLength)]);
  expect(splitter.pending).toBe("next");
});

test("a carriage return before the end belongs to the line end", () => {
  expect(new LineSplitter().push("a\r\nb\rc\n")).toEqual(["a", "b\rc"]);
});
