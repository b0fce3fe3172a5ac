import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { wallClock } from "../../src/cli/wall-clock.js";
import { judgeRun } from "../../src/judge/judge-run.js";
import type { RunRecord } from "../../src/model/record.js";
import { parseRecord } from "../../src/model/record-reader.js";
import { soak } from "../../src/soak/run.js";
import { scenarioOf } from "./fakes.js";

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const server = `${process.execPath} ${at("test/fixtures/engine/serve.mjs")} {port}`;
const engine = `${process.execPath} ${at("test/fixtures/engine/load.mjs")} {port} {operations}`;
const autocannon = `${process.execPath} ${at("node_modules/autocannon/autocannon.js")} --json -a {operations} -c {concurrency} http://127.0.0.1:{port}`;
const done = { output: "(?P<landed>\\d+) done" };

/** Each run starts an engine seven times. */
const limitMs = 120_000;

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "watertight-engine-"));
  folders.push(made);
  return made;
}

interface Run {
  readonly load: Readonly<Record<string, unknown>>;
  readonly command?: string;
  readonly stop?: AbortSignal;
}

/** Six batches of ten by an engine. */
function contentOf({ load, command = server }: Run): Readonly<Record<string, unknown>> {
  return {
    target: { command },
    flows: {},
    load: { operations: 60, maxOperations: 60, batch: 10, concurrency: 2, warmup: 10, ...load },
    settle: { quiet: "30ms", within: "2s" },
    drain: "100ms",
    probes: { node: "off", threads: "off" },
    criteria: { memory: { drop: "not the matter here" }, tasks: { drop: "not the matter here" } },
  };
}

async function recordOf(run: Run): Promise<{ readonly record: RunRecord; readonly out: string }> {
  const out = folder();
  const { recordPath } = await soak({
    scenario: scenarioOf(contentOf(run)),
    quick: false,
    plant: undefined,
    tool: "watertight",
    outDir: out,
    gateway: [],
    values: {},
    pathAppend: [],
    seed: 1,
    clock: wallClock,
    procRoot: "/proc",
    stop: run.stop ?? new AbortController().signal,
    onProgress: () => undefined,
  });
  return { record: parseRecord(readFileSync(recordPath, "utf8")), out };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

describe("an engine drives", () => {
  it(
    "a server that gives everything back, which passes",
    async () => {
      const { record, out } = await recordOf({ load: { command: autocannon } });
      expect(judgeRun(record)).toMatchObject({ verdict: "pass", operations: { landed: 60, failed: 0 } });
      expect(record.loads.map(({ batch, landed, source }) => [batch, landed, source])).toEqual(
        [0, 1, 2, 3, 4, 5, 6].map((batch) => [batch, 10, "autocannon"]),
      );
      expect(Math.min(...record.loads.map(({ connections = 0 }) => connections))).toBeGreaterThanOrEqual(1);
      expect(record.snapshots.at(-1)?.operations).toBe(60);
      expect(existsSync(join(out, "engine"))).toBe(false);
    },
    limitMs,
  );

  it(
    "a server that leaks, which fails, with the rate for each of the engine's operations",
    async () => {
      const { record } = await recordOf({ load: { command: autocannon }, command: `${server} leak` });
      const { verdict, criteria } = judgeRun(record);
      expect(verdict).toBe("fail");
      expect(criteria.find(({ id }) => id === "fds")).toMatchObject({ verdict: "fail", perOperation: 1 });
    },
    limitMs,
  );

  it(
    "and is counted by a metric, and is nobody of the target's, and leaves nobody",
    async () => {
      const file = join(folder(), "pid");
      const metric = { url: "http://127.0.0.1:{port}/metrics", name: "http_requests_total" };
      const load = { command: `${engine} leave ${file}`, count: { metric } };
      const { record } = await recordOf({ load });
      expect(judgeRun(record)).toMatchObject({ verdict: "pass", operations: { landed: 60, failed: 0 } });
      expect(new Set(record.snapshots.map(({ processes }) => processes.length))).toEqual(new Set([1]));
      expect(record.ticks.every(({ processes }) => processes === 1)).toBe(true);
      expect(isAlive(Number(readFileSync(file, "utf8")))).toBe(false);
    },
    limitMs,
  );
});

const metricOf = (name: string) => ({ metric: { url: "http://127.0.0.1:{port}/metrics", name } });
const script = (line: string): string[] => ["sh", "-c", line];

const faults: readonly [string, Run, string][] = [
  [
    "is not there",
    { load: { command: "no-such-engine", engine: "k6" } },
    "cannot start the engine no-such-engine: there is no program of that name in PATH; to fix it: install it, or correct load.command in the scenario file",
  ],
  [
    "fails",
    { load: { command: script("echo on it; echo cannot reach it >&2; exit 7"), count: done } },
    'the load did not land in the warm-up: sh failed: exit code 7; its last lines: "cannot reach it"',
  ],
  [
    "never ends",
    { load: { command: script("sleep 60 & echo waiting; sleep 60"), count: done, within: "300ms" } },
    'the load did not land in the warm-up: sh did not end within 300 ms, and was ended; load.within gives it more time; its last lines: "waiting"',
  ],
  [
    "tells nothing that counts",
    { load: { command: script("echo k6 is tired"), engine: "k6" } },
    'the load did not land in the warm-up: k6 did not tell how much it did; to fix it: let k6 print its summary, or add `--summary-export {out}`; its last lines: "k6 is tired"',
  ],
  [
    "does not match what is looked for",
    { load: { command: script("true"), count: done } },
    "the load did not land in the warm-up: nothing that the engine printed matches load.count.output; it printed nothing",
  ],
  [
    "says that nothing landed",
    { load: { command: script("echo 0 done"), count: done } },
    "the load did not land in the warm-up: by its output none of 0 operations landed",
  ],
  [
    "is counted by a metric that is not there",
    { load: { command: engine, count: metricOf("nothing_total") } },
    "the load did not land in the warm-up: there is no metric nothing_total at http://127.0.0.1:N/metrics",
  ],
  [
    "is counted by a metric that goes down",
    { load: { command: engine, count: metricOf("http_requests_total") }, command: `${server} forget` },
    "the load did not land in batch 3: the metric http_requests_total went down from 30 to 9: whoever counts was restarted, so what was done is not known",
  ],
];

describe("the run is broke when the engine", () => {
  it.each(faults)("%s", async (_, run, reason) => {
    const { record } = await recordOf(run);
    const { verdict, broke } = judgeRun(record);
    expect({ verdict, broke: broke?.replace(/:\d+\//, ":N/") }).toEqual({ verdict: "broke", broke: reason });
    expect(record.stop).toMatchObject({ graceful: true });
  });

  it("claims operations that it did not make", async () => {
    const { record } = await recordOf({ load: { command: "echo 1000 done", count: done } });
    expect(judgeRun(record)).toMatchObject({ verdict: "broke" });
    expect(record.end?.reason).toMatch(
      /^the load did not land in the warm-up: by its output 1000 operations landed, but the target .* and used \d\.\d ms of processor time: see whether the engine asks port \d+$/,
    );
  });
});

describe("no engine is left behind", () => {
  it("when the user stops the run, and what it did until then counts", async () => {
    const file = join(folder(), "pid");
    const stop = new AbortController();
    const load = {
      command: script(`test {batch} = 0 && exec ${engine}; exec ${engine} slowly ${file}`),
      count: done,
    };
    const running = recordOf({ load, stop: stop.signal });
    while (!existsSync(file) || readFileSync(file, "utf8") === "") await wallClock.sleep(20);
    await wallClock.sleep(300);
    stop.abort();
    const { record } = await running;
    expect(record.end?.outcome).toBe("interrupted");
    expect(record.loads.at(-1)).toMatchObject({ batch: 1, failed: 0 });
    expect(record.loads.at(-1)?.landed).toBeGreaterThan(0);
    expect(isAlive(Number(readFileSync(file, "utf8")))).toBe(false);
  });

  it("when the tool is killed", async () => {
    const home = folder();
    const file = join(home, "pid");
    const scenario = join(home, "slow.json");
    const load = { command: `${engine} slowly ${file}`, count: done };
    writeFileSync(scenario, JSON.stringify(contentOf({ load })));
    const words = [at("bin/watertight.js"), "run", scenario, "--out", join(home, "out")];
    const tool = spawn(process.execPath, words, { stdio: "ignore" });
    while (!existsSync(file) || readFileSync(file, "utf8") === "") await wallClock.sleep(20);
    const pid = Number(readFileSync(file, "utf8"));
    tool.kill("SIGKILL");
    while (isAlive(pid)) await wallClock.sleep(20);
    expect(isAlive(pid)).toBe(false);
  });
});
