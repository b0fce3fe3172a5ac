import { expect, test } from "vitest";
import { tool } from "../cli/rig.js";
import { codeIn, readPage, rowsOf } from "./pages.js";

const named = rowsOf(readPage("guides/plan.md"), "field").flatMap(([names = ""]) => codeIn(names));

/** The ways to all fields of a document; those of the members of a list stand under the list. */
function fieldsOf(value: unknown, path: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => fieldsOf(each, path));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [
    [...path, key].join("."),
    ...fieldsOf(each, [...path, key]),
  ]);
}

test("the table names every field of the JSON, once, and no other", async () => {
  // A tenth of a second is too short for what its criteria ask.
  const { code, stdout } = await tool(["plan", "error-storm", "--duration", "100ms", "--reporter", "json"]);
  expect(code).toBe(3);
  expect(named.toSorted()).toEqual([...new Set(fieldsOf(JSON.parse(stdout), []))].toSorted());
});
