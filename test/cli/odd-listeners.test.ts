import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { pidsNaming } from "../target/launching.js";
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

describe("a server that listens on IPv6 alone", () => {
  it("is driven and judged there", async () => {
    const target = { command: fixture("listens-on-ipv6.mjs"), url: "ws://[::1]:{port}" };
    const { code, report } = await runJson(scenario("", { target }));
    expect(report.scenarios[0]?.broke).toBeNull();
    expect(verdictsOf(report)).toEqual(healthy);
    expect(code).toBe(0);
  });

  it("asked for on IPv4: exit 4, and where it is", async () => {
    const ready = { port: true, within: "3s" };
    const { code, report } = await runJson(
      scenario("", { target: { command: fixture("listens-on-ipv6.mjs"), ready } }),
    );
    expect(code).toBe(4);
    expect(report.scenarios[0]?.broke).toMatch(
      /ECONNREFUSED; but something listens on \[::1\]:\d+: name that in target\.url/,
    );
  });
});

describe("a server that listens on a Unix socket", () => {
  const steps = [{ exec: ["node", resolve("test/fixtures/cli/asks-socket.mjs"), "{socket}"] }];
  const parts = {
    flows: { line: { steps } },
    load: { operations: 12, batch: 2, concurrency: 2, warmup: 2 },
  };

  it("is found at a path of the run's own, which is gone at the end", async () => {
    const command = fixture("listens-on-socket.mjs").replace("{port}", "{socket}");
    const target = { command, ready: { socket: "{socket}", within: "20s" } };
    const { code, report, out } = await runJson(scenario("", { target, ...parts }));
    expect(report.scenarios[0]?.broke).toBeNull();
    expect(verdictsOf(report)).toEqual(healthy);
    expect(code).toBe(0);
    const [line = ""] = readFileSync(join(out, "record.ndjson"), "utf8").split("\n");
    const path: string = JSON.parse(line).command.at(-1);
    expect(Buffer.byteLength(path)).toBeLessThan(108);
    expect(existsSync(dirname(path))).toBe(false);
    expect(pidsNaming(path)).toEqual([]);
  });

  it("never opens it: exit 4, and the path", async () => {
    const target = { command: fixture("never-listens.sh"), ready: { socket: "{socket}", within: "300ms" } };
    const { code, report } = await runJson(scenario("", { target, ...parts }));
    expect(code).toBe(4);
    expect(report.scenarios[0]?.broke).toMatch(/not ready within 300 ms: there is no socket \/.*\/socket;/);
  });
});

describe("a server that takes its time", () => {
  it("is waited for as long as the scenario says, and the live line says for what", async () => {
    const cwd = tempFolder();
    const target = { command: `${fixture("starts-slowly.mjs")} 1500`, ready: { port: true, within: "90s" } };
    const path = scenarioFile(cwd, scenario("", { target }));
    const ran = await tool(["run", path, "--out", "out"], {
      cwd,
      isTTY: true,
      columns: 120,
      env: { TERM: "xterm" },
    });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(/start .*waits for the target: ECONNREFUSED/);
  });
});
