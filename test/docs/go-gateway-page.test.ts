import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadScenario } from "../../src/scenario/load.js";
import { codeIn, home, readPage, rowsOf } from "./pages.js";

const page = readPage("guides/go-gateway.md");
const cwd = home;
const shippedDir = join(home, "scenarios");

/** What the document asks for. */
const asked = { "seed-processes": 100, "seed-connections": 1000, "seed-descriptors": 400 };

describe.each(Object.entries(asked))("%s", (name, operations) => {
  test("does as many operations as the document says, without more", async () => {
    const { load } = await loadScenario(`docs/examples/${name}.yaml`, { shippedDir, cwd });
    expect(load).toMatchObject({ operations, maxOperations: operations });
  });

  test("is on the page", () => expect(page).toContain(`(../examples/${name}.yaml)`));
});

test("the tables have a row for each leak, in the document's order", () => {
  const leaks = ["process", "connection", "indexer", "pty", "scanner"];
  const rows = rowsOf(page, "leak").map(([leak = ""]) => codeIn(leak)[0]);
  expect(rows).toEqual([...leaks, "all", ...leaks]);
});
