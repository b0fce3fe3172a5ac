import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { codeIn, home, readPage, rowsOf } from "./pages.js";

const page = readPage("explanation/judge.md");
const model = readFileSync(join(home, "src/model/verdict.ts"), "utf8");

/** The members of a union of string literals. */
function membersOf(type: string): string[] {
  const union = new RegExp(`export type ${type} =([^;]*);`).exec(model)?.[1] ?? "";
  return [...union.matchAll(/"([^"]+)"/g)].map(([, name]) => name ?? "");
}

test("each shape that the judge names is explained, and no other", () => {
  const shapes = rowsOf(page.replaceAll("\\|", "/"), "shape").filter(([, sketch]) => sketch?.startsWith("`"));
  expect(shapes.flatMap(([name = ""]) => codeIn(name)).toSorted()).toEqual(membersOf("Shape").toSorted());
});

test("each verdict is explained with its exit code", () => {
  const rows = rowsOf(page, "verdict").map(([name = "", , exit]) => `${codeIn(name).join()} ${exit}`);
  const expected = ["pass 0", "fail 1", "inconclusive 3", "unchecked 3"];
  expect(rows).toEqual(expected);
  expect(membersOf("Verdict")).toEqual(expected.map((line) => line.split(" ")[0]));
});

test("the place of the calibration is marked", () => {
  expect(page.match(/<!-- \/?calibration -->/g)).toEqual(["<!-- calibration -->", "<!-- /calibration -->"]);
});
