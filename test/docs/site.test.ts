import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, posix } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { blocksOf, docPages, home } from "./pages.js";

const out = mkdtempSync(join(tmpdir(), "watertight-site-"));
afterAll(() => rmSync(out, { recursive: true, force: true }));

const pages = docPages().filter((name) => !name.startsWith("docs/site/"));

function textOf(name: string): string {
  return readFileSync(join(home, name), "utf8");
}

it("index.md leads to every page", () => {
  const links = [...textOf("docs/index.md").matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, to = ""]) =>
    posix.join("docs", to),
  );
  expect(pages.filter((name) => name !== "docs/index.md" && !links.includes(name))).toEqual([]);
});

describe("each page has one title, then says what it is about", () => {
  it.each(pages)("%s", (name) => {
    const prose = textOf(name).replaceAll(/^```.*?^```$/gms, "");
    expect(prose.match(/^# .*$/gm)?.length).toBe(1);
    expect(prose).toMatch(/^# \S.*\n\n(?!#|\|)\S/);
  });
});

describe("what a block says it is, it is", () => {
  const named = pages.flatMap((name) => blocksOf(textOf(name)).map((block) => ({ name, ...block })));

  it("YAML", () => {
    const wrong = named
      .filter(({ language }) => language === "yaml")
      .flatMap(({ name, text }) =>
        parseAllDocuments(text).flatMap(({ errors }) => errors.map((error) => `${name}: ${error.message}`)),
      );
    expect(wrong).toEqual([]);
  });

  it("JSON", () => {
    const blocks = named.filter(({ language }) => language === "json");
    for (const { name, text } of blocks) expect(() => void JSON.parse(text), name).not.toThrow();
  });

  it("JavaScript, by Node", () => {
    const blocks = named.filter(({ language }) => language === "js" || language === "mjs");
    for (const { name, text } of blocks) {
      const words = ["--check", "--input-type=module", "-"];
      const { stderr } = spawnSync(process.execPath, words, { input: text, encoding: "utf8" });
      expect(stderr, name).toBe("");
    }
  });
});

it("the pages of the reference that come from the program are as the program is", () => {
  const words = [join(home, "docs/site/reference/run.js"), "--check"];
  const { stdout, stderr, status } = spawnSync(process.execPath, words, { encoding: "utf8" });
  expect({ stdout, stderr, status }, "npm run docs:reference").toEqual({ stdout: "", stderr: "", status: 0 });
});

const folders = (process.env["PATH"] ?? "").split(delimiter);
const cannot = !folders.some((folder) => existsSync(join(folder, "mkdocs"))) && process.env["CI"] !== "true";

it.skipIf(cannot)(`the site is built without a warning${cannot ? " (mkdocs is not installed)" : ""}`, () => {
  const words = [join(home, "docs/site/build.js"), out];
  const { stderr, status } = spawnSync(process.execPath, words, { encoding: "utf8" });
  expect(status, stderr).toBe(0);
  expect(readFileSync(join(out, "index.html"), "utf8")).toContain("tutorial.html");
  expect(readFileSync(join(out, "index.html"), "utf8")).not.toMatch(
    /(?:src|href)="https?:\/\/(?!www\.mkdocs\.org)/,
  );
});
