import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { barsMissed, type Row } from "../long/watch/table.js";

const run = join(import.meta.dirname, "../long/watch/run.js");

it("judges simulated watches, and prints a table of what came of them", () => {
  const args = [run, "--shape", "at rest", "--seeds", "2", "--list"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stdout).toContain("| at rest | 0 | 0 · 0 · 0 · 0 · 0 · 0 |");
  expect(stderr).toContain("at rest 2 (0.00/h): tasks pass");
  expect(status).toBe(0);
});

it.each<[string, Partial<Row>, number]>([
  ["none wrong", {}, 0],
  ["a single one, which may be chance", { falseFails: 1 }, 0],
  ["too many healthy ones failed", { falseFails: 9 }, 1],
  ["too many leaks passed", { label: "leak", missed: 30 }, 1],
])("%s", (_, given, missed) => {
  const row: Row = {
    name: "x",
    label: "healthy",
    cases: 1000,
    falseFails: 0,
    found: 0,
    passed: 0,
    missed: 0,
  };
  expect(barsMissed([{ ...row, ...given }])).toHaveLength(missed);
});
