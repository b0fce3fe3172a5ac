import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { wallClock } from "../../src/cli/wall-clock.js";
import { judgeRun } from "../../src/judge/judge-run.js";
import type { RunRecord } from "../../src/model/record.js";
import { parseRecord } from "../../src/model/record-reader.js";
import type { Probes } from "../../src/model/scenario.js";
import type { Probe } from "../../src/probe/probe.js";
import { sampleTree } from "../../src/proc/entry.js";
import { type Attached, attachProbes } from "../../src/soak/probes.js";
import { soak } from "../../src/soak/run.js";
import { freePort } from "../../src/target/port.js";
import { buildGo, goMissing, type GoProgram, withoutGo } from "../support/go-program.js";
import { scenarioOf, targetOf } from "./fakes.js";

let program: GoProgram = { path: "", remove: () => undefined };
const folders: string[] = [];
const running: ChildProcess[] = [];
const probes: Probe[] = [];

beforeAll(() => {
  if (!withoutGo) program = buildGo("probe/go-leak");
}, 180_000);
afterAll(() => program.remove());
afterEach(async () => {
  await Promise.all(probes.splice(0).map((probe) => probe.close()));
  for (const child of running.splice(0)) {
    const gone = child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined;
    child.kill("SIGKILL");
    await gone;
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function recordOf(leak: string): Promise<RunRecord> {
  const folder = mkdtempSync(join(tmpdir(), "watertight-go-run-"));
  folders.push(folder);
  const scenario = scenarioOf({
    target: { command: `${program.path} -port {port} -leak ${leak}` },
    flows: { job: { steps: [{ http: "/job" }] } },
    load: { operations: 60, batch: 5, concurrency: 2, warmup: 10 },
    settle: { quiet: "30ms", within: "1s" },
    drain: "400ms",
  });
  const { recordPath } = await soak({
    scenario,
    quick: false,
    plant: undefined,
    tool: "watertight",
    outDir: folder,
    gateway: [],
    values: {},
    pathAppend: [],
    seed: 1,
    clock: wallClock,
    procRoot: "/proc",
    stop: new AbortController().signal,
    onProgress: () => undefined,
  });
  return parseRecord(readFileSync(recordPath, "utf8"));
}

const made = "created by main.(*hub).serve at main.go:30";

describe.skipIf(withoutGo)(`a run of a Go server${goMissing}`, () => {
  it("names the line that starts the goroutines that never end", { timeout: 60_000 }, async () => {
    const record = await recordOf("goroutine");
    const { criteria, findings } = judgeRun(record);
    expect(criteria.find(({ id }) => id === "tasks")).toMatchObject({ verdict: "fail", perOperation: 1 });
    expect(findings.find(({ criterion }) => criterion === "tasks")).toMatchObject({
      resource: `task ${made}`,
      summary: expect.stringMatching(/^60 goroutines were left by 60 operations/),
      evidence: expect.arrayContaining([`${made} 10 → 70`, "counted by: go"]),
    });
    expect(record.started?.probes).toEqual(["go"]);
    expect(record.notes.join()).not.toContain("no look inside");
  });

  it("passes the twin that ends them", { timeout: 60_000 }, async () => {
    const { verdict, criteria, findings } = judgeRun(await recordOf("none"));
    expect(verdict, JSON.stringify(criteria)).toBe("pass");
    expect(findings).toEqual([]);
    expect(criteria.find(({ id }) => id === "tasks")?.reason).not.toContain("threads");
  });
});

/** A program that listens, and what attaches to it. */
async function lookInto(words: readonly string[], port: number, wanted: Partial<Probes>): Promise<Attached> {
  const [command = "", ...args] = words;
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "ignore"] });
  running.push(child);
  const pid = child.pid ?? 0;
  const target = targetOf({
    sample: (detail) => sampleTree("/proc", [pid], detail),
    glance: () => ({ processes: 1, running: [{ pid, startTicks: 0 }], ptys: 0 }),
  });
  await listening(port);
  const request = { target, port, clock: wallClock, procRoot: "/proc" };
  const all: Probes = { node: "auto", prometheus: undefined, ...wanted };
  const attached = await attachProbes({ ...request, wanted: all });
  probes.push(...attached.probes);
  return attached;
}

async function listening(port: number): Promise<void> {
  for (let look = 0; look < 500; look++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.destroy();
        resolve(true);
      });
      socket.on("error", () => resolve(false));
    });
    if (isOpen) return;
    await wallClock.sleep(20);
  }
  throw new Error(`nothing listens on ${port}`);
}

const look = { collect: true, signal: new AbortController().signal };

describe.skipIf(withoutGo)(`the look into a Go program${goMissing}`, () => {
  async function goProgram(wanted: (inside: number) => Partial<Probes>, more: readonly string[] = []) {
    const [port, inside] = [await freePort(), await freePort()];
    const words = [program.path, "-port", `${port}`, "-pprof", `${inside}`, ...more];
    return { attached: await lookInto(words, port, wanted(inside)), inside };
  }

  it("finds pprof on another port, and sees 1,000 goroutines", { timeout: 20_000 }, async () => {
    const { attached } = await goProgram(() => ({}), ["-start", "1000"]);
    expect(attached.gaps).toEqual([]);
    const [probe] = attached.probes;
    const sample = await probe?.sample({ ...look, origins: true });
    expect(sample).toMatchObject({ probe: "go", pid: running[0]?.pid, collected: true, gaps: [] });
    expect(sample?.tasksByType).toMatchObject({ "created by main.main at main.go:56": 1000 });
    expect(sample?.values).toEqual({ jobs: 0 });
    expect(sample?.origins?.[0]).toMatchObject({ count: 1000, stack: [{ line: 56 }, { line: 39 }] });
    // Our own connections and their goroutines are not among them.
    expect((await probe?.sample(look))?.tasks).toBe(sample?.tasks);
  });

  it("takes the place that the scenario names", { timeout: 20_000 }, async () => {
    const { attached } = await goProgram((inside) => ({ go: `http://localhost:${inside}/debug/pprof` }));
    expect((await attached.probes[0]?.sample(look))?.pid).toBe(running[0]?.pid);
  });

  it.each([
    ["/debug/pprof", "HTTP status 404"],
    ["http://192.0.2.1:6060/debug/pprof", "192.0.2.1 is not on this machine's loopback"],
  ])("that is asked for at %s is a gap", { timeout: 20_000 }, async (go, why) => {
    const { attached } = await goProgram(() => ({ go }));
    expect(attached.probes.map(({ name }) => name)).toEqual(["threads"]);
    expect(attached.gaps).toEqual([
      { what: expect.stringContaining("pprof"), why: expect.stringContaining(why) },
    ]);
  });

  it("can be left out, and the threads have names then", { timeout: 20_000 }, async () => {
    const { attached } = await goProgram(() => ({ go: "off", node: "off" }));
    expect(attached.probes.map(({ name }) => name)).toEqual(["threads"]);
    const sample = await attached.probes[0]?.sample(look);
    expect(sample).toMatchObject({
      probe: "threads",
      tasksByType: { program: expect.any(Number) },
      gaps: [],
    });
    const { attached: none } = await goProgram(() => ({ go: "off", node: "off", threads: "off" }));
    expect(none.probes).toEqual([]);
  });
});

it("asks nothing of a program that is not Go", async () => {
  const server = fileURLToPath(new URL("../fixtures/target/serve.mjs", import.meta.url));
  const port = await freePort();
  const { probes, gaps } = await lookInto([process.execPath, server, String(port)], port, { node: "off" });
  expect(probes.map(({ name }) => name)).toEqual(["threads"]);
  expect(gaps).toEqual([]);
});
