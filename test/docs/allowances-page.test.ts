import { describe, expect, test } from "vitest";
import { builtInAllowances } from "../../src/judge/built-in-allowances.js";
import { parseScenario } from "../../src/scenario/load.js";
import { blocksOf, codeIn, readPage, rowsOf } from "./pages.js";

const page = readPage("guides/allowances.md");

test("the table of built-in ones is their list", () => {
  const rows = rowsOf(page, "pattern").map(([pattern = "", count = "", reason = ""]) => {
    return { pattern: codeIn(pattern)[0], reason, perProcess: Number(count) };
  });
  expect(rows).toEqual(builtInAllowances);
});

describe("the example", () => {
  const [example] = blocksOf(page).filter(({ language }) => language === "yaml");

  test("is a scenario, and shows every kind of field but the stack", () => {
    const { allow = [] } = parseScenario(example?.text ?? "", "page.yaml");
    expect(allow.map(({ kind }) => kind)).toEqual(["fd", "command", "peer"]);
    expect(allow.at(-1)).toMatchObject({ count: 10, until: "2027-01-31" });
  });
});

test("each kind has its row", () => {
  expect(rowsOf(page, "kind").map(([kind = ""]) => codeIn(kind)[0])).toEqual([
    "fd",
    "command",
    "peer",
    "stack",
  ]);
});
