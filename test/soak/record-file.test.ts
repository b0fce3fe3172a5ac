import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Problem } from "../../src/model/problem.js";
import { RecordFile } from "../../src/soak/record-file.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "watertight-record-"));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

describe("RecordFile", () => {
  it("has each line on disk before the next one", () => {
    const record = RecordFile.create(folder);
    record.append({ type: "note", atMs: 1, text: "first" });
    expect(readFileSync(record.path, "utf8")).toBe('{"type":"note","atMs":1,"text":"first"}\n');
    record.append({ type: "note", atMs: 2, text: "second" });
    expect(readFileSync(record.path, "utf8").split("\n")).toHaveLength(3);
    record.close();
  });

  it("never writes over a record: two runs into one folder get a place each", () => {
    const first = RecordFile.create(folder);
    const second = RecordFile.create(folder);
    const third = RecordFile.create(folder);
    expect([first.folder, second.folder, third.folder]).toEqual([
      folder,
      join(folder, "run-2"),
      join(folder, "run-3"),
    ]);
    for (const record of [first, second, third]) record.close();
  });

  it("makes the folder and those above it", () => {
    const record = RecordFile.create(join(folder, "a", "b"));
    record.close();
    expect(readFileSync(record.path, "utf8")).toBe("");
  });

  it.each([
    ["a file stands where the folder should be", "taken"],
    ["the folder lies below a file", "taken/below"],
  ])("says what to do when %s", (_, name) => {
    writeFileSync(join(folder, "taken"), "");
    const problem = problemOf(() => RecordFile.create(join(folder, name)));
    expect(problem.exitCode).toBe(2);
    expect(problem.message).toContain(`cannot write to ${join(folder, name)}`);
    expect(problem.fix).toContain("--out");
  });
});

function problemOf(action: () => unknown): Problem {
  try {
    action();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
