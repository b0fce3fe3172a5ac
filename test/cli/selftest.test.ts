import { readdirSync, readFileSync } from "node:fs";
import { release } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { parseSelftestRequest, type SelftestOptions } from "../../src/cli/selftest/selftest-request.js";
import { version } from "../../src/cli/paths.js";
import type { SelftestDocument } from "../../src/report/selftest-json.js";
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
  spawnTool,
  tempFolder,
  tool,
} from "./rig.js";

cleanUpAfterEach();
afterEach(() => vi.unstubAllEnvs());

const usual: SelftestOptions = { for: "2m", reporter: "default", progress: true };

function parse(options: Partial<SelftestOptions>, cpus = 2): ReturnType<typeof parseSelftestRequest> {
  return parseSelftestRequest({ ...usual, ...options }, { host: fakeHost().host, cpus });
}

describe("what selftest is asked for", () => {
  it("is everything, by default", async () => {
    const { plan, scenarios, lanes } = await parse({});
    expect(plan.untried).toEqual([]);
    expect([...scenarios.keys()]).toHaveLength(6);
    expect(lanes).toBe(2);
  });

  it("can be some plants, in any order and with spaces", async () => {
    const { plan } = await parse({ plants: "pty, fd" });
    const names = plan.trials.flatMap(({ plant }) => plant?.name ?? []);
    expect([...new Set(names)].toSorted()).toEqual(["fd", "pty"]);
  });

  it.each([1, 2, 64])("keeps within the cores, and two at the most: %i", async (cpus) => {
    expect((await parse({}, cpus)).lanes).toBe(Math.min(cpus, 2));
  });

  it.each<[Partial<SelftestOptions>, string]>([
    [{ for: "soon" }, "--for soon is no duration"],
    [{ for: "0s" }, "--for 0s is too short to prove anything"],
    [{ for: "5s" }, "--for 5s is too short to prove anything"],
    [{ plants: "fb" }, 'there is no plant "fb"; did you mean fd?'],
    [{ plants: "" }, 'there is no plant ""'],
    [{ plants: "fd:0.1,pty" }, "--plants fd:0.1,pty has a rate"],
    [{ out: "" }, "--out has no folder"],
  ])("cannot be %j", async (options, what) => {
    await expect(parse(options)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(what) as string,
      fix: expect.any(String) as string,
    });
  });
});

describe("selftest", () => {
  it("finds what it planted, keeps the proof, and leaves nothing else", { timeout: 60_000 }, async () => {
    const XDG_STATE_HOME = tempFolder();
    const temporary = tempFolder();
    vi.stubEnv("TMPDIR", temporary);
    const words = ["selftest", "--plants", "fd", "--for", "8s", "--reporter", "json", "--no-progress"];
    const { code, stdout, stderr } = await tool(words, { env: { ...process.env, XDG_STATE_HOME } });
    const document: SelftestDocument = JSON.parse(stdout);
    expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: "" });
    const told = document.trials.map(({ plant, outcome }) => `${plant?.name ?? "twin"} ${outcome}`);
    expect(new Set(told)).toEqual(new Set(["twin clean", "fd found"]));
    const found = document.trials.find(({ plant }) => plant !== null);
    const { baseline, end } = found?.criterion ?? {};
    expect(Number(end) - Number(baseline)).toBe(found?.planted);
    expect(found?.planted).toBeGreaterThan(100);
    expect(readdirSync(temporary)).toEqual([]);

    // The next run of this version on this machine names it.
    const cwd = tempFolder();
    scenarioFile(cwd, scenario(fixture("echoes.mjs")));
    const run = await tool(["run", "small.yaml", "--out", "out", "--no-progress"], {
      cwd,
      env: { ...process.env, XDG_STATE_HOME },
    });
    expect(run.stdout.replaceAll(/\s+/g, " ")).toMatch(
      /; instrument proven \d{4}-\d\d-\d\d: fds down to 1 in \d+ operations /,
    );
    const report: ReportDocument = JSON.parse(readFileSync(join(cwd, "out", "report.json"), "utf8"));
    expect(report.instrument.proven?.sights).toEqual(document.proof.sights);
    expect(document.proof).toMatchObject({ tool: `watertight ${version()}`, kernel: release() });
  });

  it("Ctrl-C: tells what was proven until then, exits 130, and nothing is alive", async () => {
    const cwd = tempFolder();
    const words = ["selftest", "--plants", "fd,context", "--for", "1m", "--out", "out"];
    const run = spawnTool(words, cwd);
    const started = join(cwd, "out", "connect-churn-clean");
    await eventually(() => recorded(started, '"phase":"batch","batch":2'), "the second batch");
    run.child.kill("SIGINT");
    const { code, stdout, stderr } = await run.exited;
    expect(code).toBe(130);
    expect(stderr).toContain("stopping: what was proven until now follows; once more to leave at once\n");
    expect(stdout).toMatch(/^Self-test of watertight .*: \d runs? in /);
    expect(stdout).toMatch(/\n {2}not tried: /);
    expect(stdout).toMatch(/\ninconclusive: stopped by hand \(time given: 60 s\)\n$/);
    expect(marked(run)).toEqual([]);
  });

  it("Ctrl-C twice leaves at once, and removes its folder", async () => {
    const cwd = tempFolder();
    const run = spawnTool(["selftest", "--plants", "fd", "--for", "1m"], cwd, { TMPDIR: cwd });
    const folder = (): string | undefined => readdirSync(cwd).find((name) => name.includes("selftest"));
    const clean = (): string => join(cwd, folder() ?? "none", "connect-churn-clean");
    await eventually(() => recorded(clean(), '"phase":"baseline"'), "the baseline");
    run.child.kill("SIGINT");
    run.child.kill("SIGTERM");
    await run.exited;
    expect(folder()).toBeUndefined();
    await eventually(() => marked(run).length === 0, "the end of all processes");
  });

  it("says what is wrong with a folder that cannot be written to, and tries nothing", async () => {
    const words = ["selftest", "--plants", "fd", "--for", "8s", "--out", "/proc/1/none", "--no-progress"];
    const { code, stdout, stderr } = await tool(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("watertight: cannot write to /proc/1/none");
  });
});
