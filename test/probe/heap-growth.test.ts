import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type ClassDiff, diffFromStreams, type HeapSnapshot } from "heap-snapshot-toolkit";
import { afterEach, expect, it } from "vitest";
import { growthOf, type HeapGrowth } from "../../src/probe/heap-growth.js";

const fixture = resolve("test/fixtures/probe/writes-heap-snapshots.cjs");
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function grownIn(how: "kept" | "timed"): Promise<HeapGrowth | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "watertight-heap-"));
  folders.push(folder);
  execFileSync(process.execPath, [fixture, folder, how], { stdio: "ignore" });
  let last: HeapSnapshot | undefined;
  let diff: Readonly<Record<string, ClassDiff>> = {};
  for await (const step of diffFromStreams(textOf(folder, "before"), textOf(folder, "after"))) {
    if (step.type === "end") last = step.result;
    if (step.type === "diff") diff = step.result;
  }
  return last && growthOf(last, diff).find(({ path }) => path.at(-1) === "Thing");
}

function textOf(folder: string, name: string): ReadableStream<string> {
  const text = readFileSync(join(folder, `${name}.heapsnapshot`), "utf8");
  return new ReadableStream({
    start(controller) {
      controller.enqueue(text);
      controller.close();
    },
  });
}

it("what leaks is told to be in the program's own collection, though the runtime has it too", async () => {
  expect(await grownIn("kept")).toMatchObject({
    count: 300,
    holder: "kept",
    of: { line: 12 },
    path: ["Array", "Thing"],
  });
});

it("and is not where the program does not have it", async () => {
  expect(await grownIn("timed")).toMatchObject({ holder: undefined });
});
