import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fewestBatches } from "../../src/model/scenario.js";
import { criterionIds } from "../../src/model/verdict.js";
import { listShipped, loadScenario } from "../../src/scenario/load.js";
import { withSize } from "../../src/scenario/size.js";
import { readPage, rowsOf } from "../docs/pages.js";
import { readComment } from "../long/gateways/comment.js";

const shippedDir = join(import.meta.dirname, "../../scenarios");
const gateways = (await listShipped(shippedDir)).filter(({ name }) => name.startsWith("gateways/"));
const rows = rowsOf(readPage("guides/gateways.md"), "server");
/** A server of others is worth a scenario if it takes a few minutes to write one. */
const mostLines = 25;

test("the page has a row for each, in their order", () => {
  expect(rows.map(([server]) => `gateways/${server}`)).toEqual(gateways.map(({ name }) => name));
});

describe.each(gateways)("$name", ({ name, about, path }) => {
  const text = readFileSync(path, "utf8");
  const comment = readComment(text);

  test("is short, and begins with the schema for editors", () => {
    expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=../scenario.schema.json");
    const lines = text.split("\n").filter((line) => !/^\s*(#|$)/.test(line));
    expect(lines.length).toBeLessThanOrEqual(mostLines);
    expect(about).toMatch(/^[A-Z0-9].+\.$/);
  });

  test("says on the page what its comment says", () => {
    const [, version, , , verdict] = rows.find(([server]) => `gateways/${server}` === name) ?? [];
    const failing = comment.failing.length === 0 ? "" : ` (${comment.failing.join(", ")})`;
    expect({ version, verdict }).toEqual({
      version: comment.version,
      verdict: `${comment.verdict}${failing}`,
    });
    expect(comment.failing.filter((id) => !criterionIds.some((known) => known === id))).toEqual([]);
    expect(comment.verdict === "fail").toBe(comment.failing.length > 0);
  });

  test("does 300 operations or more, in enough batches", async () => {
    const scenario = await loadScenario(name, { shippedDir, cwd: process.cwd() });
    const { operations, batch } = withSize(scenario, { quick: false }).load;
    expect(operations).toBeGreaterThanOrEqual(300);
    expect((operations ?? 0) / batch).toBeGreaterThanOrEqual(fewestBatches);
    expect(scenario.target.cwd === undefined || existsSync(scenario.target.cwd)).toBe(true);
  });
});

describe("a comment", () => {
  const lines = [
    "# Install: apt install x",
    "# Version: x -v",
    "# Holds per session: 1 fd.",
    "# Measured: pass with 1",
  ];

  test("is read", () => {
    expect(readComment([...lines.slice(0, 3), "# Measured: fail (fds, ptys) with 1.2"].join("\n"))).toEqual({
      install: ["apt install x"],
      versionCommand: "x -v",
      holds: "1 fd.",
      verdict: "fail",
      failing: ["fds", "ptys"],
      version: "1.2",
    });
  });

  test.each(lines)("wants its line %s", (line) => {
    const others = lines.filter((other) => other !== line);
    expect(() => readComment(others.join("\n"))).toThrow(line.slice(2, line.indexOf(":")));
  });
});
