import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { Rigour, Series, SeriesVerdict } from "../../src/model/series.js";
import { statedPower } from "../../src/judge/power.js";
import { runAlpha } from "../../src/judge/rigour.js";
import { cleanUpAfterEach, type Ran, tempFolder, tool } from "./rig.js";

cleanUpAfterEach();

const given: { readonly series: Series; readonly rigour: Rigour }[] = [];

/** An engine that goes by the name: what is tested here is what is around it. */
vi.mock("../../src/judge/judge-series.js", () => ({
  judgeSeries: (series: Series, rigour: Rigour): SeriesVerdict => {
    given.push({ series, rigour });
    const found = { leak: "fail", stable: "pass", unseen: "unchecked" }[series.name.split(" ")[0] ?? ""];
    return {
      verdict: (found ?? "inconclusive") as SeriesVerdict["verdict"],
      shape: "flat",
      perOperation: 0.1,
      low: 0,
      high: 0.2,
      detectable: found === "pass" ? 0.5 : Number.POSITIVE_INFINITY,
      perHour: undefined,
      reason: "by its name",
      numbers: { answer: 42 },
    };
  },
}));

function named(name: string, parts: object = {}): object {
  const load = { opsPerBatch: 50, batchSeconds: 3 };
  const looks = { baseline: [1], samples: [1, 2, 3, 3, 3, 3], finalDrain: [3] };
  return {
    name,
    shape: "a-shape",
    label: "a-label",
    kind: "count",
    ...load,
    ...looks,
    trueRatePerOp: 0.0625,
    ...parts,
  };
}

async function judge(content: unknown, ...words: readonly string[]): Promise<Ran> {
  const cwd = tempFolder();
  const text = typeof content === "string" ? content : JSON.stringify(content);
  writeFileSync(join(cwd, "series.json"), text);
  given.length = 0;
  return tool(["judge", "--series", "series.json", ...words], { cwd });
}

function rowsOf({ stdout }: Ran): Record<string, unknown>[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("the exit code", () => {
  it.each([
    [["stable", "stable b"], 0],
    [["stable", "open"], 3],
    [["stable", "unseen"], 3],
    [["open", "leak", "stable"], 1],
  ])("of %j is %d", async (names, exitCode) => {
    const { code, stderr } = await judge(names.map((name) => named(name)));
    expect({ code, stderr }).toEqual({ code: exitCode, stderr: "" });
  });
});

describe("--reporter ndjson", () => {
  it("prints one line for each case, in the order of the file", async () => {
    const ran = await judge([named("leak"), named("stable"), named("unseen")], "--reporter", "ndjson");
    expect(rowsOf(ran)).toMatchObject([
      {
        name: "leak",
        verdict: "leak",
        rate: 0.1,
        low: 0,
        high: 0.2,
        detectable: null,
        reason: "by its name",
      },
      { name: "stable", verdict: "stable" },
      { name: "unseen", verdict: "inconclusive" },
    ]);
  });

  it("reads one case on each line as well", async () => {
    const lines = ["leak", "stable"].map((name) => `${JSON.stringify(named(name))}\n`).join("");
    const ran = await judge(lines, "--reporter", "ndjson");
    expect(rowsOf(ran).map(({ verdict }) => verdict)).toEqual(["leak", "stable"]);
  });

  it("too little to judge is inconclusive, and does not reach the engine", async () => {
    const cases = [
      named("stable none", { samples: [] }),
      named("stable one", { samples: [1] }),
      named("stable missed", { samples: [1, null, null] }),
      named("stable alone", { baseline: [] }),
    ];
    const ran = await judge(cases, "--reporter", "ndjson");
    expect(ran.code).toBe(3);
    expect(given).toEqual([]);
    for (const row of rowsOf(ran))
      expect(row).toMatchObject({ verdict: "inconclusive", rate: null, low: null });
    expect(rowsOf(ran).map(({ reason }) => reason)).toEqual([
      expect.stringContaining("no sample"),
      expect.stringContaining("only one sample"),
      expect.stringContaining("only one sample"),
      expect.stringContaining("no look before the load"),
    ]);
  });
});

it("--reporter json prints one array", async () => {
  const { stdout } = await judge([named("leak"), named("stable")], "--reporter", "json");
  expect(JSON.parse(stdout)).toMatchObject([{ verdict: "leak" }, { verdict: "stable" }]);
});

it("for people there is a line on each, and how many of each there are", async () => {
  const { stdout } = await judge([named("leak"), named("stable"), named("open")]);
  expect(stdout).toMatch(/^leak {10}leak\n/);
  expect(stdout).toContain("\nstable        stable\n");
  expect(stdout).toContain("\n3 series: 1 leak, 1 inconclusive, 1 stable\n");
});

it("the engine sees the measurement and nothing else, and has a run's whole chance for each case", async () => {
  await judge([named("leak"), named("stable")]);
  expect(JSON.stringify(given)).not.toMatch(/a-label|a-shape|0\.0625/);
  expect(given.map(({ rigour }) => rigour)).toEqual([
    { alpha: runAlpha, power: statedPower, detectPerOperation: undefined },
    { alpha: runAlpha, power: statedPower, detectPerOperation: undefined },
  ]);
});

describe("--explain", () => {
  const cases = [named("leak"), named("stable")];

  it("with a name explains that series, and exits with its verdict", async () => {
    const { code, stdout } = await judge(cases, "--explain", "stable");
    expect(code).toBe(0);
    expect(given).toHaveLength(1);
    expect(stdout).toMatch(/^stable\n\n +3 \|/);
    expect(stdout).toContain("* 50 to 300 operations, 6 batches");
    expect(stdout).toMatch(/verdict: stable\n/);
    expect(stdout).toMatch(/answer: +42\n/);
  });

  it("without a name explains them all", async () => {
    const { code, stdout } = await judge(cases, "--explain");
    expect(code).toBe(1);
    expect(stdout.match(/verdict: \w+/g)).toEqual(["verdict: leak", "verdict: stable"]);
  });

  it("fits the terminal", async () => {
    const cwd = tempFolder();
    writeFileSync(join(cwd, "s"), JSON.stringify(cases));
    const { stdout } = await tool(["judge", "--series", "s", "--explain"], { cwd, isTTY: true, columns: 44 });
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(44);
  });
});

describe("what cannot be judged is told, with exit 2 and nothing on stdout", () => {
  it.each([
    ["an empty file", "", [], "series.json: the file holds no case"],
    ["no JSON", "hello", [], "series.json: the file is no JSON"],
    [
      "a wrong case among good ones",
      [named("a"), named("b", { samples: [-1] })],
      [],
      'series.json: case 2 ("b"): samples[0] is no count but -1',
    ],
    ["a name that is not there", [named("leak")], ["--explain", "lek"], "no series is named lek"],
    [
      "explained to a machine",
      [named("a")],
      ["--explain", "--reporter", "json"],
      "--explain is for people, --reporter json is for machines",
    ],
    ["a record as well", [named("a")], ["--", "x"], "a record and --series at once: x, series.json"],
  ])("%s", async (...[, content, words, what]) => {
    const separated = words[0] === "--" ? ["x"] : words;
    const { code, stdout, stderr } = await judge(content, ...separated);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.split("\n")[0]).toBe(`watertight: ${what}`);
    expect(stderr).toContain("\n  fix: ");
  });

  it.each([
    ["a folder", "folder", "EISDIR"],
    ["a file that is not there", "none", "ENOENT"],
    ["a device without an end", "/dev/zero", "has no end"],
  ])("%s", async (_, path, why) => {
    const cwd = tempFolder();
    mkdirSync(join(cwd, "folder"));
    const { code, stdout, stderr } = await tool(["judge", "--series", path], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^watertight: .*${path}.*\n {2}why: .*${why}.*\n {2}fix: `));
  });

  it("lets nothing of the file act on the terminal", async () => {
    const { stderr } = await judge([named("\u001b]0;owned\u0007\u009b2J", { kind: "\u202ekcab" })]);
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});
