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

/** Enough for a verdict; what is listened on is the point here. */
function small(command: string, parts: Readonly<Record<string, unknown>> = {}): object {
  return scenario(command, { load: { operations: 24, batch: 4, concurrency: 4, warmup: 4 }, ...parts });
}

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
    const { code, report } = await runJson(small("", { target }));
    expect(report.scenarios[0]?.broke).toBeNull();
    expect(verdictsOf(report)).toEqual(healthy);
    expect(code).toBe(0);
  });

  it("asked for on IPv4: exit 4, and where it is", async () => {
    const ready = { port: true, within: "6s" };
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
  const steps = [
    { unix: { path: "{socket}" } },
    { send: "hello {session}" },
    { expect: "hello {session}" },
    "close",
  ];
  const parts = { flows: { line: { steps } } };

  it("is found at a path of the run's own, which is gone at the end", async () => {
    const command = fixture("listens-on-socket.mjs").replace("{port}", "{socket}");
    const target = { command, ready: { socket: "{socket}", within: "20s" } };
    const { code, report, out } = await runJson(small("", { target, ...parts }));
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
    const { code, report } = await runJson(small("", { target, ...parts }));
    expect(code).toBe(4);
    expect(report.scenarios[0]?.broke).toMatch(/not ready within 300 ms: there is no socket \/.*\/socket;/);
  });
});

describe("a server whose certificate it signed itself", () => {
  const command = fixture("listens-on-tls.mjs");
  const reached = {
    url: "wss://127.0.0.1:{port}",
    ready: { url: "https://127.0.0.1:{port}/", within: "20s" },
  };

  it.each([{ verify: false }, { ca: resolve("test/fixtures/tls/cert.pem") }])(
    "is judged with %o",
    async (tls) => {
      const { code, report } = await runJson(small("", { target: { command, ...reached, tls } }));
      expect(report.scenarios[0]?.broke).toBeNull();
      expect(verdictsOf(report)).toEqual(healthy);
      expect(code).toBe(0);
    },
  );

  it("is not trusted unless the scenario says so: exit 4, with what to write", async () => {
    const ready = { ...reached.ready, within: "6s" };
    const { code, report } = await runJson(small("", { target: { command, ...reached, ready } }));
    expect(code).toBe(4);
    expect(report.scenarios[0]?.broke).toMatch(
      /its certificate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\): name it with target\.tls: \{ca: cert\.pem\}/,
    );
  });
});

describe("a server that takes its time", () => {
  it("is waited for as long as the scenario says, and the live line says for what", async () => {
    const cwd = tempFolder();
    const target = { command: `${fixture("starts-slowly.mjs")} 1500`, ready: { port: true, within: "90s" } };
    const path = scenarioFile(cwd, small("", { target }));
    const ran = await tool(["run", path, "--out", "out"], {
      cwd,
      isTTY: true,
      columns: 120,
      env: { TERM: "xterm" },
    });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("waiting for the target: ECONNREFUSED");
  });
});
