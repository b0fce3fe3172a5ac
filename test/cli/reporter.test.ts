import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { ReportDocument } from "../../src/report/json.js";
import { cleanUpAfterEach, fixture, scenario, scenarioFile, tempFolder, tool } from "./rig.js";

cleanUpAfterEach();

const isReport = new Ajv2020().compile(JSON.parse(readFileSync("scenarios/report.schema.json", "utf8")));

function small(): string {
  const cwd = tempFolder();
  scenarioFile(cwd, scenario(fixture("echoes.mjs")));
  return cwd;
}

const run = ["run", "small.yaml", "--out", "out"];
const escape = "\x1b[";

describe("--reporter json", () => {
  it("stdout is one document of the published schema, and nothing else; progress is on stderr", async () => {
    const cwd = small();
    scenarioFile(cwd, scenario("no-such-program"), "missing");
    const words = ["run", "small.yaml", "missing.yaml", "--out", "out", "--reporter", "json"];
    const { code, stdout, stderr } = await tool(words, { cwd });
    const report: ReportDocument = JSON.parse(stdout);
    expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
    expect({ code, exitCode: report.exitCode }).toEqual({ code: 4, exitCode: 4 });
    expect(report.scenarios.map(({ name }) => name)).toEqual(["small", "missing"]);
    expect(stdout).toBe(`${JSON.stringify(report, undefined, 2)}\n`);
    expect(stderr.split("\n").map((line) => line.replace(/ in .*/, ""))).toEqual([
      "small: started",
      "small: pass, 60 operations",
      "missing: started",
      "missing: broke, 0 operations",
      "",
    ]);
  });

  it("--no-progress leaves stderr empty", async () => {
    const { stdout, stderr } = await tool([...run, "--reporter", "json", "--no-progress"], { cwd: small() });
    expect(stderr).toBe("");
    expect(isReport(JSON.parse(stdout))).toBe(true);
  });

  it("stays without colour where colour is forced", async () => {
    const surroundings = { cwd: small(), isTTY: true, columns: 80, env: { FORCE_COLOR: "1" } };
    const { stdout } = await tool([...run, "--reporter", "json"], surroundings);
    expect(stdout).not.toContain("\x1b");
  });
});

describe("the report for people", () => {
  it("has no escape without a terminal, neither on stdout nor on stderr", async () => {
    const { stdout, stderr } = await tool(run, { cwd: small() });
    expect(stdout + stderr).not.toContain("\x1b");
  });

  it("is coloured at a terminal, and the live view is redrawn and then erased", async () => {
    const env = { PATH: process.env["PATH"] };
    const { stdout, stderr } = await tool(run, { cwd: small(), isTTY: true, columns: 100, env });
    expect(stdout).toContain(`${escape}32mpass${escape}`);
    expect(stderr).toMatch(/\x1b\[\d+A/);
    expect(stderr).toMatch(/small: pass, 60 operations in [\d.]+ m?s/);
    expect(stderr.endsWith("\x1b[J\x1b[?25h")).toBe(true);
    expect(stderr).not.toContain("started");
  });

  it.each([
    ["NO_COLOR", { isTTY: true, columns: 80, env: { NO_COLOR: "1" } }, false],
    ["an empty NO_COLOR, which is none", { isTTY: true, columns: 80, env: { NO_COLOR: "" } }, true],
    [
      "NO_COLOR before FORCE_COLOR",
      { isTTY: true, columns: 80, env: { NO_COLOR: "1", FORCE_COLOR: "1" } },
      false,
    ],
    ["FORCE_COLOR without a terminal", { env: { FORCE_COLOR: "1" } }, true],
    ["FORCE_COLOR=0", { isTTY: true, columns: 80, env: { FORCE_COLOR: "0" } }, false],
    ["TERM=dumb", { isTTY: true, columns: 80, env: { TERM: "dumb" } }, false],
  ])("honours %s", async (_name, surroundings, coloured) => {
    const { out } = await sample();
    const { stdout } = await tool(["report", out], surroundings);
    expect(stdout.includes(`${escape}32mpass`)).toBe(coloured);
  });

  it("fits a terminal of 40 columns, but for what is there to be copied", async () => {
    const cwd = small();
    const { stdout, stderr } = await tool(run, { cwd, isTTY: true, columns: 40, env: { NO_COLOR: "1" } });
    const wide = stdout.split("\n").filter((line) => line.length > 40);
    expect(wide.filter((line) => !/^(small: |pass: files in)/.test(line))).toEqual([]);
    const live = stderr.split(/\r|\n/).map((line) => line.replaceAll(/\x1b\[[\d?]*[A-Za-z]/g, ""));
    expect(live.filter((line) => line.length > 40 && !line.startsWith("small: pass,"))).toEqual([]);
    expect(stdout).toContain("  fds: pass\n    held ");
  });
});

let known: Promise<{ readonly out: string }> | undefined;

/** One run for all that only read its record; it is in a folder that outlives the tests of this file. */
function sample(): Promise<{ readonly out: string }> {
  known ??= record();
  return known;
}

async function record(): Promise<{ readonly out: string }> {
  const cwd = tempFolder({ keep: true });
  scenarioFile(cwd, scenario(fixture("echoes.mjs")));
  await tool(run, { cwd });
  return { out: join(cwd, "out") };
}
