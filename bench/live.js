// The live view: processor time for ten minutes of a run, whose progress comes ten times a second, redrawn four times a
// second at 120 by 40.
import { spawn as spawnAtTerminal } from "@lydell/node-pty";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "./lib.js";
import { LiveView } from "../dist/cli/live-view.js";

const bin = fileURLToPath(new URL("../bin/watertight.js", import.meta.url));
const minutes = 10;
const perSecond = 10;
const redrawsPerSecond = 4;
const rounds = 3;
const mib = 1024 ** 2;

export async function liveRows() {
  const shares = Array.from({ length: rounds }, shareOfCore);
  return [
    await shareInWatch(),
    {
      work: "live view, 10 min of a run at 10 events and 4 redraws a second",
      value: Math.min(...shares),
      limit: 1,
      unit: "% of a core",
    },
  ];
}

/** In a real terminal: the processor time of a watch with its view, less that of one with none. */
async function shareInWatch() {
  const target = spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)"], { stdio: "ignore" });
  const shares = [];
  for (let round = 0; round < rounds; round++) {
    const [shown, plain] = await Promise.all([
      watched(target.pid, []),
      watched(target.pid, ["--no-progress"]),
    ]);
    shares.push(shown - plain);
  }
  target.kill("SIGKILL");
  return {
    work: "live view in a watch at a terminal, by difference",
    value: median(shares),
    limit: 1,
    unit: "% of a core",
  };
}

/** What the tool itself used between the first tick and the last, in percent of a core. */
async function watched(pid, options) {
  const folder = mkdtempSync(join(tmpdir(), "watertight-bench-"));
  const words = [
    bin,
    "watch",
    "--pid",
    String(pid),
    "--for",
    "20s",
    "--every",
    "1s",
    "--out",
    folder,
    ...options,
  ];
  const env = { ...process.env, CI: "", TERM: "xterm-256color" };
  const child = spawnAtTerminal(process.execPath, words, { cols: 120, rows: 40, env });
  child.onData(() => undefined);
  await new Promise((resolve) => child.onExit(resolve));
  const lines = readFileSync(join(folder, "record.ndjson"), "utf8").trim().split("\n");
  rmSync(folder, { recursive: true });
  const ticks = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === "tick");
  const [first, last] = [ticks[2], ticks.at(-2)];
  return (100 * (last.ownCpuMs - first.ownCpuMs)) / (last.atMs - first.atMs);
}

function shareOfCore() {
  const stderr = fakeTerminal();
  const clock = fakeTime();
  const live = new LiveView(fakeHost(stderr), true);
  live.begin({ scenario: "goose-churn", expectedMs: minutes * 60_000, isPausable: true });
  const before = process.cpuUsage();
  for (let event = 0; event < minutes * 60 * perSecond; event++) {
    clock.advance(1000 / perSecond);
    live.show(progressAt(event));
  }
  const { user, system } = process.cpuUsage(before);
  live.clear();
  clock.release();
  const expected = minutes * 60 * redrawsPerSecond;
  if (stderr.frames < 0.8 * expected)
    throw new Error(`only ${stderr.frames} of ${expected} frames were drawn`);
  return ((user + system) / 1000 / (minutes * 60_000)) * 100;
}

/** A resource of each kind moves at each event, so that every row is another one. */
function progressAt(event) {
  const batch = Math.floor(event / 50);
  const held = {
    tasks: 20 + (event % 7),
    fds: 30 + batch + (event % 90),
    processes: 1 + (event % 17),
    ptys: event % 5,
  };
  const more = { rssBytes: (60 + (event % 40)) * mib, zombies: 0, threads: 11, liveBytes: 10 * mib + event };
  const isLook = event % 50 === 49;
  return {
    scenario: "goose-churn",
    phase: event < 20 ? "warm-up" : isLook ? "settle" : "batch",
    batch,
    batches: 120,
    operations: event,
    totalOperations: 6000,
    failed: 0,
    perSecond: 38,
    etaMs: 600_000 - event * 100,
    waitsFor: "memory",
    ...held,
    rssBytes: more.rssBytes,
    ...(isLook ? { look: { phase: batch === 0 ? "baseline" : "batch", held: { ...held, ...more } } } : {}),
  };
}

function fakeTerminal() {
  return {
    isTTY: true,
    columns: 120,
    rows: 40,
    frames: 0,
    write() {
      this.frames++;
    },
    on() {},
    off() {},
  };
}

function fakeHost(stderr) {
  const ignore = () => undefined;
  return {
    stderr,
    stdin: { isTTY: false },
    env: {},
    on: ignore,
    off: ignore,
    kill: ignore,
    pid: process.pid,
  };
}

/** Ten minutes are not waited for: the view's own clock is moved on. */
function fakeTime() {
  const real = performance.now.bind(performance);
  let nowMs = real();
  performance.now = () => nowMs;
  return {
    advance: (ms) => {
      nowMs += ms;
    },
    release: () => {
      performance.now = real;
    },
  };
}
