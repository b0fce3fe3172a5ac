import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { suiteJsonSchema } from "../../src/suite/json-schema.js";
import { parseSuite } from "../../src/suite/load.js";
import { entry } from "../history/sample-nights.js";
import { blocksOf, codeIn, home, readPage, rowsOf } from "./pages.js";

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
}

/** `targets.*.command`, `quarantine[].reason`: what holds no other fields. */
function fieldsOf(schema: Schema, path: string): string[] {
  const { properties, additionalProperties, items } = schema;
  const below = Object.entries(properties ?? {}).flatMap(([name, each]) =>
    fieldsOf(each, path === "" ? name : `${path}.${name}`),
  );
  const map = typeof additionalProperties === "object" ? fieldsOf(additionalProperties, `${path}.*`) : [];
  return [...below, ...map, ...(items ? fieldsOf(items, `${path}[]`) : []), ...(path === "" ? [] : [path])];
}

/** `webhook.within`, and of `a.b`, `.c` both; `` `quarantine[].target`, `.scenario` ``. */
function told(page: string, column: string): string[] {
  return rowsOf(readPage(page), column).flatMap(([cell = ""]) => {
    const [first = "", ...others] = codeIn(cell);
    return [
      first,
      ...others.map((other) => (other.startsWith(".") ? first.replace(/\.\w+$/, other) : other)),
    ];
  });
}

describe("docs/reference/suite.md", () => {
  it("has a row for each field of the schema", () => {
    const rows = new Set(told("reference/suite.md", "field"));
    const fields = fieldsOf(suiteJsonSchema() as Schema, "").filter(
      // A mapping is told by what is in it, an exclusion in its own row.
      (field) => !/\*$|\[\]$|^exclude\[\]|^webhook$|headers\.\*$/.test(field),
    );
    expect(fields.filter((field) => !rows.has(field))).toEqual([]);
  });
});

describe("docs/reference/history.md", () => {
  it("has a row for each field of an entry", () => {
    const rows = new Set(told("reference/history.md", "field"));
    const full = {
      ...entry({ night: 1, criteria: { fds: { verdict: "fail" } } }),
      quarantine: { reason: "known", until: "2027-01-31" },
      report: "page.html",
    };
    expect(Object.keys(full).filter((field) => !rows.has(field))).toEqual([]);
  });
});

it("the suite of the guide is one", () => {
  const [suite] = blocksOf(readPage("guides/nightly.md")).filter(({ language }) => language === "yaml");
  expect(
    parseSuite(suite?.text ?? "", { path: "/a/nightly.yaml", shown: "nightly.yaml" }).pairs,
  ).toHaveLength(2);
});

it("what the guide shows of `history show` is what it prints", () => {
  const golden = readFileSync(join(home, "test/cli/golden/history-show-gateway-churn-100.txt"), "utf8");
  const shown = blocksOf(readPage("guides/nightly.md")).filter(({ text }) => text.includes("gateway/churn"));
  expect(golden.startsWith(shown[0]?.text ?? "none")).toBe(true);
});
