// Rows 4 and 4b: what the target gets done while it is watched, and looked into, against when it is not.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attachProbes } from "../dist/soak/probes.js";
import { Ticker } from "../dist/soak/ticker.js";
import { launch } from "../dist/target/launch.js";
import { ask, clock, end, fixture, freePort, listening, median, pause, start } from "./lib.js";

const windowMs = 2000;
const rounds = 15;

/** Sessions in a window, by the target's CPU time: on a busy machine its share of the cores would be measured. */
async function window(load, pid) {
  const [before, cpuBefore] = [await ask(load), cpuTicks(pid)];
  await pause(windowMs);
  return ((await ask(load)) - before) / (cpuTicks(pid) - cpuBefore);
}

/** utime and stime, fields 14 and 15 of /proc/PID/stat. */
function cpuTicks(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

async function watched({ target }, work) {
  const ticker = new Ticker({ target, clock: tickClock, operations: () => 0, onTick: () => undefined });
  ticker.start();
  const done = await work();
  await ticker.stop();
  return done;
}

/** A sleep that an abort cuts short, as the ticker needs. */
const tickClock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener("abort", done);
    }),
};

export async function samplingRows() {
  return [
    await row("echo-server.js", "target's work per CPU time while sampled, against unsampled", watched),
    await row("metered-echo-server.js", "the same with every probe attached", probed),
  ];
}

/** Attached, as between two looks of a run: those come when the load is gone. What one costs is told in docs/reference/probes.md. */
async function probed({ target, port }, work) {
  const commands = [{ name: "stats", command: ["echo", "tasks", "1"], withinMs: 5000 }];
  const wanted = { node: "auto", prometheus: "/metrics", threads: "auto", commands };
  const { probes, gaps } = await attachProbes({ target, wanted, port, clock: tickClock, procRoot: "/proc" });
  if (gaps.length > 0) throw new Error(JSON.stringify(gaps));
  const done = await watched({ target }, work);
  for (const probe of probes) await probe.close();
  return done;
}

async function row(server, work, sampled) {
  const port = await freePort();
  const logDir = mkdtempSync(join(tmpdir(), "watertight-bench-"));
  const words = [process.execPath, fixture(server), String(port)];
  const ready = { how: { kind: "port" }, withinMs: 10_000 };
  const limits = { fds: undefined, processes: undefined, memoryBytes: undefined };
  const spec = { command: words, cwd: undefined, env: {}, ready, limits, url: `ws://127.0.0.1:${port}` };
  const where = { runId: "bench", logDir, pathAppend: [], clock, procRoot: "/proc" };
  const target = await launch({ spec, words, port, ...where });
  await listening(port);
  const load = start("bare-load.js", `ws://127.0.0.1:${port}`);
  await pause(3000);
  const ratios = [];
  for (let i = 0; i < rounds; i++) {
    const bare = await window(load, target.pid);
    const seen = await sampled({ target, port }, () => window(load, target.pid));
    const bareAgain = await window(load, target.pid);
    ratios.push(seen / ((bare + bareAgain) / 2));
  }
  await end(load);
  await target.stop({ signal: "SIGTERM", withinMs: 2000 });
  rmSync(logDir, { recursive: true });
  return { work, value: median(ratios), limit: 0.98, unit: "×", atLeast: true };
}
