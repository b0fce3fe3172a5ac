import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { freePort } from "../../src/target/port.js";
import {
  bin,
  cleanUpAfterEach,
  eventually,
  marked,
  recorded,
  scenario,
  scenarioFile,
  spawnTool,
  tempFolder,
  tool,
  verdictsOf,
} from "./rig.js";

cleanUpAfterEach();

const servers: ChildProcess[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    if (server.exitCode !== null || server.signalCode !== null) continue;
    server.kill("SIGKILL");
    await once(server, "exit");
  }
});

interface Server {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly port: number;
}

/** A server of the fixtures that nobody of the tool's has started. */
async function server(name: string): Promise<Server> {
  const port = await freePort();
  const child = spawn(process.execPath, [resolve("test/fixtures/cli", name), String(port)], {
    stdio: "ignore",
  });
  servers.push(child);
  await listening(port);
  return { child, pid: child.pid ?? 0, port };
}

async function listening(port: number): Promise<void> {
  const { tryConnect } = await import("../../src/target/port.js");
  for (let i = 0; i < 500; i++) {
    if ((await tryConnect({ port, host: "127.0.0.1" })) === undefined) return;
    await pause(20);
  }
  throw new Error(`nobody listens on ${port}`);
}

const lives = ({ child }: Server): boolean => child.exitCode === null && child.signalCode === null;

/** Small, and with parts that are not for a server that runs already. */
const small = scenario("never-run {port}", {
  target: { command: "never-run {port}", url: "ws://127.0.0.1:{port}", limits: { fds: 64 } },
  stop: { signal: "SIGTERM", within: "1s", whileOpen: { flow: "echo", sessions: 2 } },
});

describe("run --attach", () => {
  it("drives a server that runs already, finds its leak, and lets it be", { timeout: 90_000 }, async () => {
    const leaky = await server("leaks-fd.mjs");
    const cwd = tempFolder();
    scenarioFile(cwd, small);
    const words = ["run", "small.yaml", "--attach", `port:${leaky.port}`, "--out", "out", "--no-progress"];
    const { code, stdout } = await tool([...words, "--reporter", "json"], { cwd });
    const report = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(verdictsOf(report)).toMatchObject({ fds: "fail", processes: "pass", zombies: "pass" });
    expect(stdout).toContain("what would survive a stop was not measured");
    expect(stdout).toContain(`attached to port:${leaky.port}, which ran already`);
    const told = readFileSync(join(cwd, "out/report.txt"), "utf8");
    expect(told).toContain(`npx watertight run small.yaml --attach port:${leaky.port}`);
    const record = readFileSync(join(cwd, "out/record.ndjson"), "utf8");
    expect(record).toContain(`"attached":"port:${leaky.port}"`);
    expect(record).not.toContain('"type":"stop"');
    expect(lives(leaky)).toBe(true);
  });

  it("passes a clean one, named by its pid", async () => {
    const clean = await server("echoes.mjs");
    const cwd = tempFolder();
    scenarioFile(cwd, small);
    const words = ["run", "small.yaml", "--attach", `pid:${clean.pid}`, "--out", "out", "--no-progress"];
    const { code, stdout } = await tool([...words, "--reporter", "json"], { cwd });
    expect(code, stdout).toBe(0);
    expect(lives(clean)).toBe(true);
  });

  it.each(["SIGINT", "SIGKILL"] as const)("that gets a %s leaves the server alone", async (signal) => {
    const clean = await server("echoes.mjs");
    const cwd = tempFolder();
    const probes = { node: "off", commands: { one: "echo n 1" } };
    const load = { duration: "2m", batch: 10, concurrency: 5, warmup: 10 };
    scenarioFile(cwd, { ...small, load, probes });
    const run = spawnTool(["run", "small.yaml", "--attach", `pid:${clean.pid}`, "--out", "out"], cwd);
    await eventually(
      () => recorded(join(cwd, "out"), '"phase":"batch","batch":2') || run.child.exitCode !== null,
      "the second batch",
    );
    expect(run.child.exitCode, run.stderr()).toBeNull();
    run.child.kill(signal);
    const { code } = await run.exited;
    if (signal === "SIGINT") expect(code).toBe(130);
    await eventually(() => marked(run).length === 0, "the end of what the tool had started");
    await pause(300);
    expect(lives(clean)).toBe(true);
  });

  it("of a server that dies meanwhile: exit 4, with what was measured", async () => {
    const { pid, port } = await server("dies-midway.mjs");
    const cwd = tempFolder();
    scenarioFile(cwd, small);
    const words = ["run", "small.yaml", "--attach", `port:${port}`, "--out", "out", "--no-progress"];
    const { code, stdout } = await tool(words, { cwd });
    expect(code, stdout).toBe(4);
    expect(stdout).toMatch(/the target ended after \d+ operations/);
    expect(readFileSync(join(cwd, "out/record.ndjson"), "utf8")).toContain(`"pid":${pid}`);
  });
});

describe("watch", () => {
  const short = ["--for", "6s", "--every", "1s", "--no-progress"];

  it("looks on without a scenario, writes a record, and lets the server be", async () => {
    const clean = await server("echoes.mjs");
    const cwd = tempFolder();
    const { code, stdout, stderr } = await tool(
      ["watch", "--port", String(clean.port), ...short, "--out", "out"],
      {
        cwd,
      },
    );
    const command = `watching pid ${clean.pid} (${process.execPath} `;
    expect(stderr.startsWith(command), stderr).toBe(true);
    expect(stderr).toContain(`listens on ${clean.port}`);
    expect([0, 3]).toContain(code);
    expect(stdout).toContain(`port-${clean.port}: `);
    expect(readdirSync(join(cwd, "out")).toSorted()).toEqual([
      "record.ndjson",
      "report.html",
      "report.json",
      "report.txt",
    ]);
    expect(lives(clean)).toBe(true);
    const again = await tool(["judge", "out"], { cwd });
    expect(again.code).toBe(code);
  });

  it.each(["SIGINT", "SIGKILL"] as const)("that gets a %s leaves the server alone", async (signal) => {
    const clean = await server("echoes.mjs");
    const cwd = tempFolder();
    const run = spawnTool(
      ["watch", "--pid", String(clean.pid), "--for", "2m", "--every", "1s", "--out", "out"],
      cwd,
    );
    await eventually(
      () => recorded(join(cwd, "out"), '"phase":"batch","batch":1') || run.child.exitCode !== null,
      "the first look",
    );
    run.child.kill(signal);
    const { code, stdout } = await run.exited;
    if (signal === "SIGINT") {
      expect(code).toBe(130);
      expect(stdout).toContain(`pid-${clean.pid}: `);
    }
    expect(marked(run)).toEqual([]);
    expect(lives(clean)).toBe(true);
  });

  it("of a server that dies meanwhile: exit 4, with what was measured", async () => {
    const clean = await server("echoes.mjs");
    const cwd = tempFolder();
    const run = spawnTool(["watch", "--pid", String(clean.pid), ...short, "--out", "out"], cwd);
    await eventually(() => recorded(join(cwd, "out"), '"phase":"batch","batch":1'), "the first look");
    clean.child.kill("SIGKILL");
    const { code, stdout } = await run.exited;
    expect(code, stdout).toBe(4);
    expect(stdout).toMatch(/the target ended after \d+ s of the watch/);
  });
});

const isRoot = process.geteuid?.() === 0;
const nobody = 65_534;

describe.skipIf(!isRoot)("watch as another user (as root only: starts it as nobody)", () => {
  it("says what it cannot read, and judges what it can", async () => {
    const clean = await server("echoes.mjs");
    const cwd = tempFolder();
    const { chmodSync } = await import("node:fs");
    chmodSync(cwd, 0o777);
    const words = [bin, "watch", "--pid", String(clean.pid), "--for", "6s", "--every", "1s", "--out", "out"];
    const child = spawn(process.execPath, words, {
      cwd,
      uid: nobody,
      gid: nobody,
      stdio: ["ignore", "pipe", "pipe"],
    });
    servers.push(child);
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => (stdout += String(chunk)));
    child.stderr.on("data", (chunk) => (stderr += String(chunk)));
    const [code] = await once(child, "close");
    expect(stderr).toContain(`cannot read its fds (of uid 0, you are uid ${nobody})`);
    expect(stderr).toContain("run as root or as uid 0");
    expect(code, stdout + stderr).toBe(3);
    expect(stdout).toMatch(/fds +unchecked/);
  });

  it("says whose a port is that it cannot see", async () => {
    const { port } = await server("echoes.mjs");
    const cwd = tempFolder();
    const child = spawn(process.execPath, [bin, "watch", "--port", String(port), "--out", "out"], {
      cwd: "/",
      uid: nobody,
      gid: nobody,
      stdio: ["ignore", "ignore", "pipe"],
    });
    servers.push(child);
    let stderr = "";
    child.stderr.on("data", (chunk) => (stderr += String(chunk)));
    const [code] = await once(child, "close");
    expect(code).toBe(4);
    expect(stderr).toContain(`cannot see who listens on port ${port}`);
    expect(existsSync(join(cwd, "out"))).toBe(false);
  });
});

describe("what cannot be attached to", () => {
  const missing = 4_194_303;

  it.each<[string, string[], number, string]>([
    ["a pid that is not there", ["watch", "--pid", String(missing)], 4, `there is no process ${missing}`],
    ["the tool itself", ["watch", "--pid", String(process.pid)], 2, "is watertight itself"],
    ["a process above it", ["watch", "--pid", String(process.ppid)], 2, "watertight was started below"],
    ["a port of nobody", ["watch", "--port", "1"], 4, "nobody listens on port 1"],
    ["a word for a pid", ["watch", "--pid", "nginx"], 2, "--pid nginx is no process id"],
    ["a port that is none", ["watch", "--port", "70000"], 2, "--port 70000 is no TCP port"],
    ["nothing", ["watch"], 2, "nothing is named to watch"],
    ["two things", ["watch", "--pid", "1", "--port", "2"], 2, "name two things"],
    ["too short a time", ["watch", "--pid", "1", "--for", "5s"], 2, "--for 5s is too short"],
    ["no time", ["watch", "--pid", "1", "--for", "long"], 2, "--for long is no time to watch"],
    ["half a second", ["watch", "--pid", "1", "--every", "500ms"], 2, "no whole number of seconds"],
    [
      "too many looks",
      ["watch", "--pid", "1", "--for", "20h", "--every", "1s"],
      2,
      "72000 looks would be too much",
    ],
    [
      "a probe nowhere",
      ["watch", "--pid", "1", "--prometheus", "metrics"],
      2,
      "neither a path nor an address",
    ],
    ["no process", ["run", "small.yaml", "--attach", "nginx"], 2, "--attach nginx names no process"],
    ["a run of nobody", ["run", "small.yaml", "--attach", "port:1"], 4, "nobody listens on port 1"],
    [
      "one to be started",
      ["run", "small.yaml", "--attach", "pid:1", "--", "x"],
      2,
      "does not go with --attach",
    ],
    ["a plant", ["run", "small.yaml", "--attach", "pid:1", "--plant", "fd"], 2, "does not go with --attach"],
    ["a second pass", ["run", "small.yaml", "--attach", "pid:1", "--why"], 2, "does not go with --attach"],
    ["signals to its own", ["run", "small.yaml", "--allow-signals"], 2, "--allow-signals is for --attach"],
  ] as const)("%s", async (...[, words, exit, text]) => {
    const cwd = tempFolder();
    scenarioFile(cwd, small);
    const { code, stderr, stdout } = await tool(words, { cwd });
    expect(stderr).toContain(text);
    expect(code).toBe(exit);
    expect(stdout).toBe("");
    expect(readdirSync(cwd)).toEqual(["small.yaml"]);
  });
});
