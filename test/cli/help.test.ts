import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseArgsStringToArgv } from "string-argv";
import {
  gatewayHelp,
  judgeHelp,
  planHelp,
  reportHelp,
  rootHelp,
  runHelp,
  selftestHelp,
} from "../../src/cli/help.js";
import { compareHelp } from "../../src/cli/compare/compare-program.js";
import { historyHelp } from "../../src/cli/nightly/history-program.js";
import { nightlyHelp } from "../../src/cli/nightly/nightly-program.js";
import { watchHelp } from "../../src/cli/watch/watch-program.js";
import { parseOnly } from "./parse-only.js";
import { tool } from "./rig.js";

const commands = [
  "",
  "init",
  "run",
  "watch",
  "nightly",
  "history",
  "plan",
  "gateway",
  "list",
  "judge",
  "report",
  "compare",
  "selftest",
  "scenario",
  "doctor",
  "explain",
  "completion",
  "help",
];

describe("help", () => {
  it.each(commands)(
    "watertight %s --help is as shown to the user last time, in 80 columns",
    async (command) => {
      const { code, stdout, stderr } = await tool([...(command === "" ? [] : [command]), "--help"]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
      await expect(stdout).toMatchFileSnapshot(`golden/help-${command || "root"}.txt`);
    },
  );

  it.each(commands.slice(1))("watertight help %s says the same as --help", async (command) => {
    expect(await tool(["help", command])).toEqual(await tool([command, "--help"]));
  });

  it.each(["list", "show", "import", "prune"])("watertight history %s --help", async (name) => {
    const { code, stdout } = await tool(["history", name, "--help"]);
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot(`golden/help-history-${name}.txt`);
  });

  it("watertight help is the help of the whole", async () => {
    expect(await tool(["help"])).toEqual(await tool(["--help"]));
  });

  it("without words the help goes to stderr, and the exit code is 2: nothing was done", async () => {
    const { code, stdout, stderr } = await tool([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe((await tool(["--help"])).stdout);
  });

  it("is narrower in a narrow terminal", async () => {
    const narrow = await tool(["run", "--help"], { isTTY: true, columns: 60 });
    const options = narrow.stdout.slice(
      narrow.stdout.indexOf("Options:"),
      narrow.stdout.indexOf("Examples:"),
    );
    expect(Math.max(...options.split("\n").map((line) => line.length))).toBeLessThanOrEqual(60);
  });
});

describe("the examples in the help", () => {
  const texts = [
    rootHelp,
    runHelp,
    planHelp,
    gatewayHelp,
    judgeHelp,
    reportHelp,
    selftestHelp,
    watchHelp,
    compareHelp,
    nightlyHelp,
    historyHelp,
  ].join("\n");
  const examples = [...texts.matchAll(/^ {2}watertight (.*?)(?: {2,}.*)?$/gm)].map((match) => match[1] ?? "");

  it("are all there are", () => {
    expect(examples.length).toBe(texts.split("\n  watertight ").length - 1);
    expect(examples.length).toBeGreaterThan(8);
  });

  it.each(examples)("watertight %s", (line) => parseOnly(parseArgsStringToArgv(line)));
});

describe("--version", () => {
  it.each(["--version", "-V"])("%s prints the version of the package alone", async (option) => {
    const { version }: { version: string } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(await tool([option])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});

describe("list", () => {
  it("names every scenario and every plant, one per line", async () => {
    const { code, stdout, stderr } = await tool(["list"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    await expect(stdout).toMatchFileSnapshot("golden/list.txt");
  });
});
