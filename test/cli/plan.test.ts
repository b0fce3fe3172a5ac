import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { PlanDocument } from "../../src/report/plan-json.js";
import { cleanUpAfterEach, fixture, scenario, scenarioFile, tempFolder, tool } from "./rig.js";

cleanUpAfterEach();

const terminal = { isTTY: true, columns: 80, env: { NO_COLOR: "1" } };

async function planOf(
  words: readonly string[],
  parts: object = {},
): Promise<{ code: number; plan: PlanDocument }> {
  const cwd = tempFolder();
  scenarioFile(cwd, scenario("no-such-program", { ...parts }));
  const { code, stdout, stderr } = await tool(["plan", "small.yaml", ...words, "--reporter", "json"], {
    cwd,
  });
  expect(stderr).toBe("");
  return { code, plan: JSON.parse(stdout) };
}

describe("watertight plan", () => {
  it.each([
    ["all", []],
    ["quick", ["--quick"]],
    ["goose-churn", ["goose-churn"]],
    ["memory-soak", ["memory-soak"]],
    ["ten-minutes", ["memory-soak", "goose-churn", "--duration", "10m"]],
  ])("%s is told as last time, in 80 columns", async (name, words) => {
    const { code, stdout, stderr } = await tool(["plan", ...words], terminal);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    await expect(stdout).toMatchFileSnapshot(`golden/plan-${name}.txt`);
  });

  it.each([[[]], [["--quick"]]])("no shipped scenario has to go on for what it asks %j", async (words) => {
    const { stdout } = await tool(["plan", ...words, "--reporter", "json"]);
    const plan: PlanDocument = JSON.parse(stdout);
    const asked = plan.scenarios.flatMap(({ criteria }) => criteria).filter(({ asked }) => asked !== null);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.map(({ reach }) => reach)).toEqual(asked.map(() => "planned"));
  });

  it("starts nothing and writes nothing", async () => {
    const cwd = tempFolder();
    scenarioFile(cwd, scenario("no-such-program"));
    expect((await tool(["plan", "small.yaml"], { cwd })).code).toBe(0);
    expect(readdirSync(cwd)).toEqual(["small.yaml"]);
  });

  it("takes another server's command as run does", async () => {
    const { code, stdout } = await tool(
      ["plan", "goose-churn", "--", "./mine", "--port", "{port}"],
      terminal,
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^goose-churn: about /);
  });

  it("works where runs do not", async () => {
    expect((await tool(["plan", "goose-churn"], { platform: "darwin" })).code).toBe(0);
  });

  it("sizes a run that asks for power and names no size, with the power of the judge", async () => {
    const { code, plan } = await planOf([], { load: { batch: 50 }, detect: "1 per 250 operations" });
    expect({ code, exitCode: plan.exitCode }).toEqual({ code: 0, exitCode: 0 });
    expect(plan.scenarios[0]?.planned).toMatchObject({ operations: 1350, batches: 27 });
    const fds = plan.scenarios[0]?.criteria.find(({ id }) => id === "fds");
    expect(fds).toMatchObject({ asked: 0.004, reachedAfter: 1350, reach: "planned" });
  });

  it("exits with 3 where the run could not but be inconclusive", async () => {
    const { code, plan } = await planOf([], { detect: "1 per 250 operations" });
    expect({ code, exitCode: plan.exitCode }).toEqual({ code: 3, exitCode: 3 });
    expect(plan.scenarios[0]?.outOfReach?.fix).toContain("load: {operations: 1330}");
  });
});

describe("watertight run", () => {
  const words = ["run", "small.yaml", "--out", "out", "--no-progress"];

  it("warns before the run of what is out of reach", async () => {
    const cwd = tempFolder();
    scenarioFile(cwd, scenario(fixture("echoes.mjs"), { detect: "1 per 250 operations" }));
    const { stderr } = await tool(words, { cwd });
    expect(stderr).toBe(
      [
        "watertight: warning: small cannot see what it is asked to see",
        "  why: tasks, processes, fds, zombies, ptys: asked is 1 per 250 operations; 180 operations at most show 1 per 33 operations",
        "  fix: write `load: {operations: 1330}`, or ask for less",
        "",
      ].join("\n"),
    );
  });

  it("is silent where it is within reach", async () => {
    const cwd = tempFolder();
    scenarioFile(cwd, scenario(fixture("echoes.mjs"), { detect: "1 per 20 operations" }));
    expect((await tool(words, { cwd })).stderr).toBe("");
  });
});
