import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.js";
import type { ReportDocument } from "../../src/report/json.js";
import { fakeHost } from "./fake-host.js";
import {
  cleanUpAfterEach,
  eventually,
  fixture,
  marked,
  recorded,
  scenario,
  scenarioFile,
  type Spawned,
  spawnTool,
  tempFolder,
} from "./rig.js";

cleanUpAfterEach();

const forLong = { load: { duration: "2m", batch: 10, concurrency: 5, warmup: 10 } };

/** A run that would take two minutes, in its third batch. */
async function underWay(words: readonly string[] = []): Promise<Spawned & { readonly cwd: string }> {
  const cwd = tempFolder();
  scenarioFile(cwd, scenario(fixture("echoes.mjs"), forLong));
  const run = spawnTool(["run", "small.yaml", ...words, "--out", "out"], cwd);
  await eventually(() => recordedThird(cwd) || run.child.exitCode !== null, "the third batch");
  return { ...run, cwd };
}

function recordedThird(cwd: string): boolean {
  return ["out", "out/small"].some((folder) => recorded(join(cwd, folder), '"phase":"batch","batch":3'));
}

describe("Ctrl-C once", () => {
  it("stops the load, judges what there is, says so, and exits 130", async () => {
    const run = await underWay();
    run.child.kill("SIGINT");
    const { code, stdout, stderr } = await run.exited;
    expect(code).toBe(130);
    expect(stderr).toContain("stopping: no more load, judging what there is; once more to leave at once\n");
    expect(stdout).toMatch(/^small: \w+ {2}\(\d+ operations landed in .*, interrupted\)\n/);
    expect(readdirSync(join(run.cwd, "out"))).toContain("report.json");
    expect(marked(run)).toEqual([]);
  });

  it("starts none of the other scenarios, and names them", async () => {
    const cwd = tempFolder();
    scenarioFile(cwd, scenario(fixture("echoes.mjs"), forLong));
    scenarioFile(cwd, scenario(fixture("echoes.mjs")), "other");
    const { host, signal, stdout, handlers } = fakeHost({ cwd });
    const code = main(["run", "small.yaml", "other.yaml", "--out", "out"], host);
    await eventually(() => recordedThird(cwd), "the third batch");
    signal("SIGINT");
    expect(await code).toBe(130);
    expect(stdout()).toContain("Not run, because you stopped it: other\n");
    expect(existsSync(join(cwd, "out", "other"))).toBe(false);
    expect(handlers()).toBe(0);
  });

  it("is told to machines as well", async () => {
    const cwd = tempFolder();
    scenarioFile(cwd, scenario(fixture("echoes.mjs"), forLong));
    const { host, signal, stdout } = fakeHost({ cwd });
    const code = main(["run", "small.yaml", "--out", "out", "--reporter", "json"], host);
    await eventually(() => recordedThird(cwd), "the third batch");
    signal("SIGTERM");
    expect(await code).toBe(143);
    const report: ReportDocument = JSON.parse(stdout());
    expect(report.exitCode).toBe(143);
    expect(report.scenarios.map(({ interrupted }) => interrupted)).toEqual([true]);
  });

  it("before the target is ready: exit 130, nothing alive", async () => {
    const cwd = tempFolder();
    const target = { command: fixture("never-listens.sh"), ready: { port: true, within: "1m" } };
    scenarioFile(cwd, scenario("", { target }));
    const run = spawnTool(["run", "small.yaml", "--out", "out"], cwd);
    await eventually(() => marked(run).some((command) => command.startsWith("sleep")), "the target");
    run.child.kill("SIGINT");
    const { code, stdout, stderr } = await run.exited;
    expect(code).toBe(130);
    expect(stdout).toMatch(/^small: inconclusive {2}\(0 operations landed in .*, interrupted\)\n/);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(marked(run)).toEqual([]);
  });
});

describe("SIGTERM", () => {
  it("is the same, with exit 143", async () => {
    const run = await underWay();
    run.child.kill("SIGTERM");
    expect((await run.exited).code).toBe(143);
    expect(marked(run)).toEqual([]);
  });
});

describe("Ctrl-C twice", () => {
  it("leaves at once, and nothing is alive a moment later", async () => {
    const cwd = tempFolder();
    const stop = { signal: "SIGTERM", within: "1m" };
    scenarioFile(cwd, scenario(fixture("ignores-sigterm.mjs"), { ...forLong, stop }));
    const run = spawnTool(["run", "small.yaml", "--out", "out"], cwd);
    await eventually(() => recordedThird(cwd), "the third batch");
    run.child.kill("SIGINT");
    await eventually(() => recorded(join(cwd, "out"), '"phase":"stop"'), "the stop of the target");
    run.child.kill("SIGINT");
    const { code, stderr } = await run.exited;
    expect(code).toBe(130);
    expect(stderr).toContain("stopped at once; the target is being killed");
    await eventually(() => marked(run).length === 0, "the end of all processes");
    expect(recorded(join(cwd, "out"), '"type":"end"')).toBe(false);
  });
});
