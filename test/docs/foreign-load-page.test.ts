import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseScenario } from "../../src/scenario/parse.js";
import { blocksOf, home, readPage } from "./pages.js";

const page = readPage("guides/foreign-load.md");
const folder = join(home, "docs/examples/foreign");
const examples = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
const blocks = blocksOf(page).filter(({ language }) => language === "yaml");

describe("a scenario with somebody else's load", () => {
  it.each(examples)("%s is one", (name) => {
    const { load } = parseScenario(readFileSync(join(folder, name), "utf8"), name);
    expect(load.engine).toBeDefined();
  });

  it("is shown as it stands in its file", () => {
    const files = examples.map((name) => readFileSync(join(folder, name), "utf8"));
    expect(blocks).toHaveLength(2);
    for (const { text } of blocks) expect(files.some((file) => file.includes(text.trim()))).toBe(true);
  });

  it("is named on the page", () => {
    for (const name of examples.filter((name) => name !== "external.yaml"))
      expect(page).toContain(`(../examples/foreign/${name})`);
  });
});
