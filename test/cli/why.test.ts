import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { wantsWhy } from "../../src/cli/wants-why.js";
import type { ReportDocument } from "../../src/report/json.js";
import {
  cleanUpAfterEach,
  eventually,
  marked,
  recorded,
  scenario,
  scenarioFile,
  spawnTool,
  tempFolder,
  tool,
} from "./rig.js";

cleanUpAfterEach();

interface Asked {
  readonly asked: boolean | undefined;
  readonly CI: string | undefined;
}

describe("a second pass is wanted", () => {
  it.each<readonly [string, Asked, boolean]>([
    ["where nobody says anything", { asked: undefined, CI: undefined }, true],
    ["where CI is empty", { asked: undefined, CI: "" }, true],
    ["where CI is false", { asked: undefined, CI: "False" }, true],
    ["where CI is 0", { asked: undefined, CI: "0" }, true],
    ["not in CI", { asked: undefined, CI: "true" }, false],
    ["not in any other CI", { asked: undefined, CI: "woodpecker" }, false],
    ["in CI, if asked for", { asked: true, CI: "true" }, true],
    ["not where it is refused", { asked: false, CI: undefined }, false],
  ])("%s", (_, { asked, CI }, wanted) => {
    expect(wantsWhy(asked, CI === undefined ? {} : { CI })).toBe(wanted);
  });
});

/** A server in Python, which no probe looks into. */
function pythonScenario(python: string): object {
  const server = resolve("test/fixtures/why/leaks-fd.py");
  return scenario(`${python} ${server} {port}`, {
    flows: {
      fine: { steps: [{ http: { path: "/fine", status: 204 } }] },
      bad: { steps: [{ http: { path: "/leak", status: 204 } }] },
    },
    probes: {},
  });
}

/** The program itself: a shim in front of it would be traced, too. */
function pythonPath(): string | undefined {
  const { stdout, status } = spawnSync("python3", ["-c", "import sys; print(sys.executable)"], {
    encoding: "utf8",
  });
  return status === 0 ? stdout.trim() : undefined;
}

function originsIn(stdout: string): (string | undefined)[] {
  const { scenarios } = JSON.parse(stdout) as ReportDocument;
  return scenarios.flatMap(({ findings }) => findings.map(({ origin }) => origin?.at));
}

const python = pythonPath();
const hasStrace = spawnSync("strace", ["-V"]).status === 0;
const missing = [...(python ? [] : ["python3"]), ...(hasStrace ? [] : ["strace"])];

it("of a plant it names the line, then and whenever it is judged again", { timeout: 120_000 }, async () => {
  const out = join(tempFolder(), "out");
  const words = ["run", "connect-churn", "--quick", "--plant", "fd", "--why", "--out", out];
  const { code, stdout, stderr } = await tool([...words, "--reporter", "json", "--no-progress"]);
  expect(code, stderr).toBe(1);
  const lines = readFileSync("src/gateway/plants/fd.ts", "utf8").split("\n");
  const at = `src/gateway/plants/fd.ts:${lines.findIndex((line) => line.includes("openSync(")) + 1}`;
  expect(originsIn(stdout)).toEqual([at]);
  expect(originsIn((await tool(["judge", out, "--reporter", "json"])).stdout)).toEqual([at]);
  const traced = readFileSync(join(out, "why/record.ndjson"), "utf8");
  expect(JSON.parse(traced.slice(0, traced.indexOf("\n")))).toMatchObject({ traced: true, plant: "fd" });
});

describe("of a target that is neither Node nor Go", () => {
  it.skipIf(missing.length > 0)(
    `strace sees the function that opened it${missing.length > 0 ? ` (${missing.join(" and ")} not installed)` : ""}`,
    { timeout: 60_000 },
    async () => {
      const cwd = tempFolder();
      const path = scenarioFile(cwd, pythonScenario(python ?? ""));
      const words = ["run", path, "--why", "--out", "out", "--reporter", "json"];
      const { code, stdout, stderr } = await tool(words, { cwd });
      expect(code, stderr).toBe(1);
      const { scenarios } = JSON.parse(stdout) as ReportDocument;
      const origin = scenarios[0]?.findings[0]?.origin;
      // Which of its functions are known by name depends on how this Python was built.
      expect(origin).toMatchObject({ kind: "fd", by: "strace", at: expect.any(String) });
      expect(stderr).toMatch(/small: fail, 60 operations .*\nsmall \(why\): /);
      // What strace wrote is read and gone; the record has what was seen.
      expect(readdirSync(join(cwd, "out/why")).sort()).toEqual([
        "record.ndjson",
        "target.stderr.log",
        "target.stdout.log",
      ]);
      const again = await tool(["judge", "out", "--reporter", "json"], { cwd });
      expect(originsIn(again.stdout)).toEqual(originsIn(stdout));
    },
  );

  it.skipIf(!python)("without strace the verdict is the same, and what is missing is named", async () => {
    const cwd = tempFolder();
    const path = scenarioFile(cwd, pythonScenario(python ?? ""));
    vi.stubEnv("PATH", "/nonexistent");
    try {
      const { code, stdout } = await tool(["run", path, "--why", "--out", "out", "--reporter", "json"], {
        cwd,
      });
      expect(code).toBe(1);
      const notes = (JSON.parse(stdout) as ReportDocument).scenarios[0]?.notes.join("\n");
      expect(notes).toMatch(/where it was made is not known: .*; to fix it: install strace/);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe("a second pass", () => {
  it("does not follow a pass, nor a fail without --why in CI", async () => {
    const cwd = tempFolder();
    const leaking = scenarioFile(cwd, scenario(`node ${resolve("test/fixtures/cli/leaks-fd.mjs")} {port}`));
    expect((await tool(["run", leaking, "--out", "a"], { cwd })).code).toBe(1);
    const healthy = scenarioFile(
      cwd,
      scenario(`node ${resolve("test/fixtures/cli/echoes.mjs")} {port}`),
      "fine",
    );
    expect((await tool(["run", healthy, "--why", "--out", "b"], { cwd })).code).toBe(0);
    expect(["a", "b"].filter((out) => existsSync(join(cwd, out, "why")))).toEqual([]);
  });

  it("that cannot be written leaves the verdict as it is", async () => {
    const cwd = tempFolder();
    const path = scenarioFile(cwd, scenario(`node ${resolve("test/fixtures/cli/leaks-fd.mjs")} {port}`));
    execFileSync("mkdir", ["out"], { cwd });
    writeFileSync(join(cwd, "out/why"), "");
    const { code, stderr } = await tool(["run", path, "--why", "--out", "out"], { cwd });
    expect(code, stderr).toBe(1);
    expect(stderr).toContain("warning: no second pass: cannot write to");
  });

  it("is ended by Ctrl-C, and the first verdict is reported", { timeout: 60_000 }, async () => {
    const cwd = tempFolder();
    const path = scenarioFile(cwd, scenario(`node ${resolve("test/fixtures/cli/leaks-fd.mjs")} {port}`));
    const spawned = spawnTool(["run", path, "--why", "--out", "out", "--reporter", "json"], cwd);
    await eventually(() => recorded(join(cwd, "out/why"), '"phase":"start"'), "the second pass");
    spawned.child.kill("SIGINT");
    const { code, stdout, stderr } = await spawned.exited;
    expect(code, stderr).toBe(130);
    const report = JSON.parse(stdout) as ReportDocument;
    expect(report.scenarios[0]).toMatchObject({ verdict: "fail", interrupted: false });
    expect(marked(spawned)).toEqual([]);
    const text = readFileSync(join(cwd, "out/report.json"), "utf8");
    expect((JSON.parse(text) as ReportDocument).verdict).toBe("fail");
  });
});
