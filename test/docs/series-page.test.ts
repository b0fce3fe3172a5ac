import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseSeriesFile } from "../../src/model/series-file.js";
import { tool } from "../cli/rig.js";
import { blocksOf, codeIn, home, readPage, rowsOf } from "./pages.js";

const page = readPage("reference/series.md");
const blocks = blocksOf(page);
const shown = blocks.filter(({ language }) => language === "text").map(({ text }) => text);
const commands = blocks
  .filter(({ language }) => language === "sh")
  .map(({ text }) => text.trim().split(/\s+/).slice(2));

async function stdoutOf(index: number): Promise<{ readonly code: number; readonly stdout: string }> {
  const { code, stdout, stderr } = await tool(commands[index] ?? [], { cwd: join(home) });
  expect(stderr).toBe("");
  return { code, stdout };
}

/** Which verdict each name has, and how many of each there are: the numbers may change with the judge. */
function verdictsOf(text: string): string[] {
  return text.match(/^(?:(?:leak|stable|inconclusive) .*|\d+ series: .*)$/gm) ?? [];
}

/** The curve, and what is told by name. */
function outlineOf(text: string): string[] {
  return text.split("\n").filter((line) => /\||^ {2}(?:verdict|shape):/.test(line));
}

describe("the commands of the page do what it shows", () => {
  it("the verdicts of the example", async () => {
    const { code, stdout } = await stdoutOf(0);
    expect(code).toBe(1);
    expect(verdictsOf(stdout)).toHaveLength(5);
    expect(verdictsOf(shown[0] ?? "")).toEqual(verdictsOf(stdout));
  });

  it("one line for each, with the fields of the table", async () => {
    const { code, stdout } = await stdoutOf(1);
    expect(code).toBe(1);
    const rows = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    const [, answer] = page.split("## The answer");
    const fields = rowsOf(answer ?? "", "field").flatMap(([field]) => codeIn(field ?? ""));
    expect(rows.map((row) => Object.keys(row))).toEqual(rows.map(() => fields));
  });

  it("the reasoning", async () => {
    const { code, stdout } = await stdoutOf(2);
    expect(code).toBe(1);
    expect(outlineOf(stdout).length).toBeGreaterThan(12);
    expect(outlineOf(shown[1] ?? "")).toEqual(outlineOf(stdout));
  });
});

it("the case that the page shows is one, and its fields are all in the table", () => {
  const json = blocks.find(({ language }) => language === "json")?.text ?? "";
  expect(parseSeriesFile(json)).toHaveLength(1);
  const [file] = page.split("## The answer");
  const fields = rowsOf(file ?? "", "field").flatMap(([field]) => codeIn(field ?? ""));
  expect(fields.toSorted()).toEqual(
    [...Object.keys(JSON.parse(json) as object), "operations", "seconds"].toSorted(),
  );
});
