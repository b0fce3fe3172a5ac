import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { blocksOf, home, readPage } from "./pages.js";

/** The whole page is followed in a fresh clone by `npm run docs:tutorial`. */
const blocks = blocksOf(readPage("tutorial.md"));

function fileNamed(name: string): readonly string[] {
  const texts = blocks.map(({ text }) => text).filter((text) => /^(?:\/\/|#) (\S+)/.exec(text)?.[1] === name);
  return texts.map((text) => text.slice(text.indexOf("\n") + 1));
}

const shown = blocksOf(readPage("reference/scenarios.md")).map(({ text }) => text);

it("its scenario is the one that reference/scenarios.md shows, and that is run", () => {
  expect(fileNamed("hello.yaml")).toHaveLength(1);
  expect(shown).toContain(fileNamed("hello.yaml")[0]);
});

it("its server is that one's, and is mended by taking the leak out", () => {
  const [leaky = "", fixed = ""] = fileNamed("server.mjs");
  expect(shown).toContain(leaky);
  expect(fixed.split("\n")).toEqual(leaky.split("\n").filter((line) => !line.includes("openSync")));
});

it("`plan hello.yaml` says what a pass would mean", () => {
  const folder = mkdtempSync(join(tmpdir(), "watertight-tutorial-"));
  try {
    writeFileSync(join(folder, "hello.yaml"), fileNamed("hello.yaml")[0] ?? "");
    const words = [join(home, "bin/watertight.js"), "plan", "hello.yaml"];
    const { stdout, status } = spawnSync(process.execPath, words, { cwd: folder, encoding: "utf8" });
    expect(status).toBe(0);
    expect(stdout).toContain("1 per 56");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
