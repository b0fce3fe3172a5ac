import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cleanUpAfterEach, tempFolder, tool } from "./rig.js";

cleanUpAfterEach();

const records = join(import.meta.dirname, "../fixtures/records");
const leaking = join(records, "version-1.ndjson");

describe("judge RECORD --explain", () => {
  it("with a criterion shows its curve and its numbers, and exits with the verdict of the run", async () => {
    const { code, stdout, stderr } = await tool(["judge", leaking, "--explain", "fds"]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toMatch(/^fds\n\n +33 \|.*\*/);
    expect(stdout).toContain("* 10 to 100 operations, 10 batches; - baseline 3, 3, 3");
    expect(stdout).toMatch(/verdict: +fail\n/);
    expect(stdout).toMatch(/reason: +30 file descriptors were left by 100 operations/);
  });

  it("without one explains all six", async () => {
    const { stdout } = await tool(["judge", leaking, "--explain"]);
    const names = stdout.match(/^\w+$/gm);
    expect(names).toEqual(["tasks", "processes", "fds", "memory", "zombies", "ptys"]);
  });

  it("says what it knows where there is no curve", async () => {
    const cwd = tempFolder();
    const [run = ""] = readFileSync(leaking, "utf8").split("\n");
    writeFileSync(join(cwd, "record.ndjson"), `${run}\n`);
    const { code, stdout } = await tool(["judge", ".", "--explain", "fds"], { cwd });
    expect(code).toBe(3);
    expect(stdout).toMatch(/^fds\n\n {2}verdict: +unchecked\n/);
  });
});

describe("what cannot be judged is told, with exit 2 and nothing on stdout", () => {
  const [run = "", ...rest] = readFileSync(leaking, "utf8").split("\n");

  it.each([
    ["an empty file", "", [], "record.ndjson: line 1 of the record is no run line"],
    ["a corrupt line", [run, "{", ...rest].join("\n"), [], "record.ndjson: the record is broken at line 2"],
    [
      "a newer version",
      run.replace('"version":1', '"version":99'),
      [],
      "record.ndjson: line 1 says that the record is of version 99",
    ],
    ["no such criterion", run, ["--explain", "memry"], "there is no criterion memry"],
  ])("%s", async (...[, text, words, what]) => {
    const cwd = tempFolder();
    writeFileSync(join(cwd, "record.ndjson"), text);
    const { code, stdout, stderr } = await tool(["judge", "record.ndjson", ...words], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.split("\n")[0]).toBe(`watertight: ${what}`);
    expect(stderr).toContain("\n  fix: ");
  });

  it("a folder without a record", async () => {
    const cwd = tempFolder();
    mkdirSync(join(cwd, "empty"));
    const { code, stderr } = await tool(["judge", "empty"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^watertight: cannot read empty\/record\.ndjson\n {2}why: ENOENT/);
  });
});

it("a line that crosses the chunks of a read is read whole, whatever bytes it has", async () => {
  const cwd = tempFolder();
  const notes = Array.from({ length: 400 }, (_, index) =>
    JSON.stringify({ type: "note", atMs: 1, text: `${index} ${"ü€😀".repeat(150 + (index % 7))}` }),
  );
  const lines = readFileSync(leaking, "utf8").trimEnd().split("\n");
  writeFileSync(join(cwd, "record.ndjson"), [...lines.slice(0, -1), ...notes, ...lines.slice(-1)].join("\n"));
  const { stdout } = await tool(["judge", ".", "--reporter", "json"], { cwd });
  const { scenarios }: { scenarios: { notes: string[] }[] } = JSON.parse(stdout);
  const read = scenarios[0]?.notes.filter((note) => note.includes("ü")) ?? [];
  expect(read).toEqual(notes.map((note) => (JSON.parse(note) as { text: string }).text));
});
