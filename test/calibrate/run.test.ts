import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { blocksOf, home, readPage } from "../docs/pages.js";
import { shapes } from "../long/calibrate/case.js";

function run(...words: readonly string[]) {
  const script = join(home, "test/long/calibrate/run.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], { encoding: "utf8" });
  return { status, stdout, stderr };
}

const few = ["--seeds", "3", "--base-seed", "1"];

test("judges a shape on all cores and prints a row for each number of batches", () => {
  const { stdout } = run("--shape", "public.flat,flapping", "--batches", "12,20", ...few);
  const rows = stdout.split("\n").map((line) => line.trim().split(/\s+/).slice(0, 3).join(" "));
  expect(rows).toEqual(expect.arrayContaining(["public.flat 12 3", "flapping 20 3"]));
  expect(stdout).toContain("3 seeds a row, base seed 1");
});

test("gives the same rows for the same base seed", () => {
  const words = ["--shape", "mem_ar1", "--batches", "20", "--json", ...few];
  expect(run(...words).stdout).toBe(run(...words).stdout);
});

test("dumps cases, and shows one with its verdict", () => {
  const dumped = JSON.parse(run("--dump", "flapping/1-2", "--batches", "20").stdout);
  expect(dumped.map(({ name }: { name: string }) => name)).toEqual(["flapping/n20/s1", "flapping/n20/s2"]);
  const { status, stdout } = run("--look", "flapping/17", "--batches", "50");
  expect(status).toBe(0);
  expect(stdout).toContain('"name":"flapping/n50/s17"');
  expect(stdout).toContain('"verdict"');
});

test("what it dumps is what the command judges", () => {
  const folder = mkdtempSync(join(tmpdir(), "watertight-calibrate-"));
  const file = join(folder, "cases.json");
  writeFileSync(file, run("--dump", "*/1", "--batches", "20").stdout);
  const tool = join(home, "bin/watertight.js");
  const words = [tool, "judge", "--series", file, "--reporter", "ndjson"];
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  expect(stderr).toBe("");
  expect(stdout.trim().split("\n").length).toBe(shapes.filter(({ least = 0 }) => least <= 20).length);
});

test("prints the power by rate", () => {
  const { status, stdout } = run("--power", "--batches", "20", ...few);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^count, at random \| 20 \| 1 per 250 \|/m);
});

test.each([
  [["--shape", "nope"], "no shape is called nope"],
  [["--seeds", "0"], "--seeds takes whole numbers from 1, not 0"],
  [["--sedes", "5"], "--sedes"],
])("refuses %j", (words, said) => {
  const { status, stderr } = run(...words);
  expect(status).toBe(2);
  expect(stderr).toContain(said);
});

test("the options that the page uses are options", () => {
  const help = run("--help").stdout;
  const lines = blocksOf(readPage("explanation/judge.md")).flatMap(({ text }) => text.split("\n"));
  const shown = lines
    .filter((line) => line.includes("calibrate"))
    .flatMap((line) => line.match(/--[a-z-]+/g) ?? []);
  expect(shown.filter((option) => !help.includes(option))).toEqual([]);
  expect(shown.length).toBeGreaterThan(3);
});
