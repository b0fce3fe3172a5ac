import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { cleanUpAfterEach, fixture, type Ran, scenario, scenarioFile, tempFolder, tool } from "./rig.js";

cleanUpAfterEach();

const [clean, leaky] = [fixture("echoes.mjs"), fixture("leaks-fd.mjs")];
let cwd = "";
const compare = (...words: string[]): Promise<Ran> => tool(["compare", ...words], { cwd });
const lastLine = ({ stdout }: Ran): string => stdout.trim().split("\n").at(-1) ?? "";

/** A build without a leak, and one with; the scenario names the one without. */
beforeAll(async () => {
  cwd = tempFolder({ keep: true });
  const file = scenarioFile(cwd, scenario(clean));
  await tool(["run", file, "--out", "old/1", "--no-progress"], { cwd });
  await tool(["run", file, "--out", "new/1", "--no-progress", "--", ...leaky.split(" ")], { cwd });
}, 120_000);

describe("watertight compare", () => {
  it("exits 1 for a build that leaks more, and names what", async () => {
    const ran = await compare("old", "new");
    expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code: 1, stderr: "" });
    expect(lastLine(ran)).toBe("regression: fds in small, 1 per operation more");
  });

  it("exits 0 for one that leaks less, or the same", async () => {
    expect((await compare("new", "old")).code).toBe(0);
    expect((await compare("old", "old/1/record.ndjson")).code).toBe(0);
  });

  it("exits 0 within what is allowed, and 3 where that cannot be told", async () => {
    expect((await compare("old", "new", "--beyond", "fds: 2 per operation")).code).toBe(0);
    expect((await compare("old", "old", "--beyond", "1 per 1000 operations")).code).toBe(3);
  });

  it("takes repeats, by folder or with commas", async () => {
    const { stdout } = await compare("old,old/1", "new/1,new");
    expect(stdout).toContain("small n=2+2, 120 and 120 operations");
  });

  it("--reporter json is of the published schema", async () => {
    const isComparison = new Ajv2020({ allowUnionTypes: true }).compile(
      JSON.parse(readFileSync("scenarios/compare.schema.json", "utf8")),
    );
    const { code, stdout } = await compare("old", "new", "--reporter", "json");
    expect(isComparison(JSON.parse(stdout)), JSON.stringify(isComparison.errors)).toBe(true);
    expect(code).toBe(1);
  });

  it("--reporter markdown has the verdict first", async () => {
    expect((await compare("old", "new", "--reporter", "markdown")).stdout).toMatch(
      /^### ❌ watertight: regression\n/,
    );
  });

  it("says where nothing can be compared, and exits 3", async () => {
    mkdirSync(join(cwd, "other"));
    const record = readFileSync(join(cwd, "old/1/record.ndjson"), "utf8");
    writeFileSync(join(cwd, "other/record.ndjson"), record.replaceAll('"name":"small"', '"name":"large"'));
    const ran = await compare("old", "other");
    expect(ran.code).toBe(3);
    expect(ran.stdout).toContain("not compared: there is no run of it in the build after");
    expect(lastLine(ran)).toBe("undecided: nothing could be compared");
  });

  it("reads a record that is cut short up to there, and notes it", async () => {
    cpSync(join(cwd, "old/1"), join(cwd, "cut"), { recursive: true });
    appendFileSync(join(cwd, "cut/record.ndjson"), '{"type":"no');
    const ran = await compare("old", "cut");
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining("cut: its record is cut short") });
  });
});

describe("what is no record", () => {
  it.each([
    [["nowhere", "new"], "there is no nowhere"],
    [["old", "new,"], "there is no record without a name"],
    [["old", "small.yaml"], "small.yaml: the record is broken at line 1"],
    [["old"], "missing required argument 'after'"],
    [["old", "new", "--beyond", "few"], "--beyond few is no rate"],
    [["old", "new", "--beyond", "fdz: 1 per 250"], "--beyond names fdz, which is no resource"],
    [["old", "new", "--beyond", "memory: 2 per operation"], "--beyond memory: 2 per operation is no rate"],
    [["old", "new", "--beyond", "1 per 0"], "--beyond 1 per 0 is no rate"],
    [["old", "new", "--reporter", "html"], "option '--reporter <name>' argument 'html' is invalid"],
  ])("%j", async (words, what) => {
    const ran = await compare(...words);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toContain(`watertight: ${what}`);
    expect(ran.stderr).toMatch(/fix: /);
  });

  it("is a folder without any, or one of a newer version", async () => {
    mkdirSync(join(cwd, "empty"));
    expect((await compare("old", "empty")).stderr).toContain("watertight: there is no run in empty");
    mkdirSync(join(cwd, "newer"));
    writeFileSync(join(cwd, "newer/record.ndjson"), '{"type":"run","version":99}\n');
    const newer = await compare("old", "newer");
    expect(newer).toMatchObject({ code: 2, stderr: expect.stringContaining("is of version 99") });
  });
});

describe("run --baseline", () => {
  it("compares under the report, and a regression exits 1", async () => {
    const command = ["--", ...leaky.split(" ")];
    const words = ["run", "small.yaml", "--baseline", "old", "--out", "held", "--no-progress", ...command];
    const ran = await tool(words, { cwd });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/\nfail: .*\n\nbefore {2}old: 1 run/s);
    expect(lastLine(ran)).toContain("regression: fds in small");
  });

  it("tells of a baseline that is none before anything is run", async () => {
    const ran = await tool(["run", "small.yaml", "--baseline", "nowhere", "--out", "never"], { cwd });
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toMatch(/^watertight: there is no nowhere\n/);
  });
});

describe("run --against", () => {
  it("lets both builds take turns, keeps their records, and compares", async () => {
    const command = ["--", ...leaky.split(" ")];
    const words = ["run", "small.yaml", "--against", clean, "--repeats", "1", "--out", "turns", ...command];
    const ran = await tool(words, { cwd });
    expect(ran.code).toBe(1);
    expect(ran.stderr.split("\n").filter((line) => line.includes("operations"))).toEqual([
      "before 1, small: pass, 60 operations",
      "after 1, small: fail, 60 operations",
    ]);
    expect(lastLine(ran)).toBe("regression: fds in small, 1 per operation more");
    expect(readFileSync(join(cwd, "turns/compare.txt"), "utf8")).toBe(ran.stdout);
    expect((await compare("turns/before-1", "turns/after-1")).code).toBe(1);
  });

  it.each([
    [["--against", ""], "--against has no command"],
    [["--against", "./old", "--repeats", "0"], "--repeats 0 is no number of repeats"],
    [["--repeats", "2"], "--repeats without --against"],
    [["--beyond", "1 per 250"], "--beyond without --baseline or --against"],
    [["--against", "./old", "--baseline", "old"], "--baseline and --against at once"],
    [["--against", "./old", "--attach", "port:1"], "--against with --attach"],
  ])("refuses %j", async (words, what) => {
    const ran = await tool(["run", "small.yaml", ...words], { cwd });
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toContain(`watertight: ${what}`);
  });
});
