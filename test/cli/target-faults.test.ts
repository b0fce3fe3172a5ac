import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  cleanUpAfterEach,
  fixture,
  runJson,
  scenario,
  scenarioFile,
  tempFolder,
  tool,
  verdictsOf,
} from "./rig.js";

cleanUpAfterEach();

const healthy = {
  tasks: "pass",
  processes: "pass",
  fds: "pass",
  memory: "dropped",
  zombies: "pass",
  ptys: "pass",
};

describe("a target that does not come up: exit 4, with the reason", () => {
  it("its command is not there", async () => {
    const { code, report } = await runJson(scenario("no-such-program {port}"));
    expect(code).toBe(4);
    expect(report.scenarios[0]?.broke).toContain("cannot start the target: no-such-program");
    expect(report.scenarios[0]?.broke).toContain("to fix it: correct target.command");
  });

  it("it exits at once: its last lines are shown", async () => {
    const { code, report } = await runJson(scenario(fixture("exits-at-once.sh")));
    expect(code).toBe(4);
    expect(report.scenarios[0]?.broke).toMatch(
      /^the target exited with code 3 before it was ready; to fix it:/,
    );
    expect(report.scenarios[0]?.logTail).toEqual(["no config found"]);
  });

  it("it never listens", async () => {
    const target = { command: fixture("never-listens.sh"), ready: { port: true, within: "300ms" } };
    const { code, report } = await runJson(scenario("", { target }));
    expect(code).toBe(4);
    expect(report.scenarios[0]?.broke).toMatch(
      /^the target was not ready within 300 ms: ECONNREFUSED; to fix it:/,
    );
    expect(report.scenarios[0]?.logTail).toEqual(["thinking"]);
  });

  it("its port is taken", async () => {
    const { code, report } = await runJson(scenario(fixture("port-is-taken.mjs")));
    expect(code).toBe(4);
    expect(report.scenarios[0]?.logTail.join("\n")).toContain("EADDRINUSE");
  });

  it("says so in the text, in lines of its own", async () => {
    const cwd = tempFolder();
    scenarioFile(cwd, scenario(fixture("exits-at-once.sh")));
    const { code, stdout, stderr } = await tool(["run", "small.yaml", "--out", "out"], { cwd });
    expect(code).toBe(4);
    expect(stdout).toContain("small: broke");
    expect(stdout).toMatch(/ {2}It broke: the target exited with code 3 before it was ready/);
    expect(stdout).toMatch(/Last lines of the target\n {4}no config found\n/);
    expect(stdout).toMatch(/\nbroke: files in out; repeat it: npx watertight run small\.yaml\n$/);
    expect(stderr).not.toMatch(/^ +at /m);
  });
});

describe("a target that breaks under load", () => {
  it("dies midway: exit 4, with its last lines", async () => {
    const { code, report } = await runJson(scenario(fixture("dies-midway.mjs")));
    expect(code).toBe(4);
    expect(report.scenarios[0]?.broke).toMatch(/^the target exited with code 7 after \d+ operations$/);
    expect(report.scenarios[0]?.logTail).toContain("out of luck");
  });

  it("answers wrong: exit 4, with the reasons counted", async () => {
    const steps = [
      { connect: "/" },
      { send: "hello" },
      { expect: { text: "hello", within: "100ms" } },
      "close",
    ];
    const { code, report } = await runJson(
      scenario(fixture("answers-wrong.mjs"), { flows: { echo: { steps } } }),
    );
    expect(code).toBe(4);
    expect(report.scenarios[0]?.broke).toMatch(
      /no operation of the warm-up landed: .*"hello".* \(10 of 10\)/,
    );
    expect(report.scenarios[0]?.operations.landed).toBe(0);
  });

  it("answers wrong to one flow of two: exit 4, since more failed than may", async () => {
    const wrong = [{ connect: "/" }, { send: "hi" }, { expect: { text: "bye", within: "50ms" } }, "close"];
    const right = [{ connect: "/" }, { send: "hi" }, { expect: "hi" }, "close"];
    const flows = { wrong: { steps: wrong }, right: { steps: right } };
    const { code, report } = await runJson(scenario(fixture("echoes.mjs"), { flows }));
    expect(code).toBe(4);
    const failed = report.scenarios[0]?.operations.failed ?? 0;
    expect(report.scenarios[0]?.broke).toContain(
      `the load stopped landing: ${failed} of 60 operations failed`,
    );
    expect(report.scenarios[0]?.broke).toContain(`(${failed})`);
  });

  it("floods its output: judged as usual, and all of it is kept", async () => {
    const { code, report, out } = await runJson(scenario(fixture("floods-output.mjs")));
    expect(verdictsOf(report)).toEqual(healthy);
    expect(code).toBe(0);
    expect(statSync(join(out, "target.stdout.log")).size).toBe(70 * 200_000);
    expect(statSync(join(out, "record.ndjson")).size).toBeLessThan(1_000_000);
  });
});

describe("leaks, and their clean twin", () => {
  it("the clean twin passes: exit 0", async () => {
    const { code, report } = await runJson(scenario(fixture("echoes.mjs")));
    expect(verdictsOf(report)).toEqual(healthy);
    expect(code).toBe(0);
    expect(report.scenarios[0]?.findings).toEqual([]);
  });

  it("a file left open by each session: exit 1, fds fails and nothing else", async () => {
    const { code, report } = await runJson(scenario(fixture("leaks-fd.mjs")));
    expect(code).toBe(1);
    expect(verdictsOf(report)).toEqual({ ...healthy, fds: "fail" });
    expect(report.scenarios[0]?.findings.map(({ resource }) => resource)).toEqual([
      "file descriptor /dev/null",
    ]);
  });

  it("a target that does not stop: exit 1, processes fails and nothing else", async () => {
    const { code, report } = await runJson(
      scenario(fixture("ignores-sigterm.mjs"), { stop: { signal: "SIGTERM", within: "300ms" } }),
    );
    expect(code).toBe(1);
    expect(verdictsOf(report)).toEqual({ ...healthy, processes: "fail" });
    const processes = report.scenarios[0]?.criteria.find(({ id }) => id === "processes");
    expect(processes?.reason).toContain("still alive 300 ms after SIGTERM");
  });

  it("a leak up to the limit of fds: exit 1 rather than 4, though the load stops landing", async () => {
    const target = { command: fixture("leaks-to-its-limit.mjs"), limits: { fds: 60 } };
    const { code, report } = await runJson(scenario("", { target }));
    expect(report.scenarios[0]?.operations.failed).toBeGreaterThan(0);
    expect(code).toBe(1);
    expect(verdictsOf(report)["fds"]).toBe("fail");
    expect(report.scenarios[0]?.notes.join("\n")).toMatch(
      /no operation of batch \d+ landed|the load stopped landing/,
    );
  });

  it("its record says the same when judged again", async () => {
    const { out, report } = await runJson(scenario(fixture("leaks-fd.mjs")));
    const again = await tool(["judge", out, "--reporter", "json"]);
    const anyhow = await tool(["report", out, "--reporter", "json"]);
    expect([again.code, anyhow.code]).toEqual([1, 0]);
    expect(JSON.parse(again.stdout)).toEqual(report);
    expect(JSON.parse(anyhow.stdout)).toEqual(report);
    expect(JSON.parse(readFileSync(join(out, "report.json"), "utf8"))).toEqual(report);
  });
});
