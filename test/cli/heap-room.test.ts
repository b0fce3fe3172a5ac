import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { heapRoom } from "../../src/cli/heap-room.js";
import { bin, cleanUpAfterEach, tempFolder } from "./rig.js";

cleanUpAfterEach();

const heap = (used: number) => () => ({ used_heap_size: used, heap_size_limit: 148 * 1024 ** 2 });

describe("room on the heap", () => {
  it("is looked at now and then, not at each line", () => {
    const full = heapRoom("record.ndjson", heap(86 * 1024 ** 2));
    expect(() => full(1999)).not.toThrow();
    expect(() => full(2000)).toThrow("record.ndjson does not fit into the memory that Node may use");
  });

  it("is enough below 85%", () => {
    expect(() => heapRoom("record.ndjson", heap(84 * 1024 ** 2))(2000)).not.toThrow();
  });
});

it("a record that does not fit is told of with exit 4, before V8 ends the process", () => {
  const folder = tempFolder();
  const [run = "", started = "", ...rest] = readFileSync(
    "test/fixtures/records/version-2.ndjson",
    "utf8",
  ).split("\n");
  const operation = JSON.parse(rest.find((line) => line.includes('"operation"')) ?? "") as { id: number };
  const file = openSync(join(folder, "record.ndjson"), "w");
  writeSync(file, `${run}\n${started}\n`);
  for (let id = 1; id < 500_000; id += 5000) {
    const lines = Array.from({ length: 5000 }, (_, more) => JSON.stringify({ ...operation, id: id + more }));
    writeSync(file, `${lines.join("\n")}\n`);
  }
  closeSync(file);
  const words = ["--max-old-space-size=80", bin, "judge", folder];
  const { status, stderr, stdout } = spawnSync(process.execPath, words, { encoding: "utf8" });
  expect({ status, stdout }).toEqual({ status: 4, stdout: "" });
  expect(stderr).toMatch(
    /does not fit into the memory[^]*\n {2}why: .* full at line \d+\n {2}fix: .*--max-old-space-size=\d+/,
  );
});
