// Row 4: what the target gets done while it is watched, against unwatched.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ticker } from "../dist/soak/ticker.js";
import { launch } from "../dist/target/launch.js";
import { ask, clock, end, fixture, freePort, listening, median, pause, start } from "./lib.js";

const windowMs = 2000;
const rounds = 15;

async function window(load) {
  const before = await ask(load);
  await pause(windowMs);
  return (await ask(load)) - before;
}

async function watched(target, work) {
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
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener("abort", () => clearTimeout(timer) ?? resolve(), { once: true });
    }),
};

export async function samplingRows() {
  const port = await freePort();
  const logDir = mkdtempSync(join(tmpdir(), "watertight-bench-"));
  const words = [process.execPath, fixture("echo-server.js"), String(port)];
  const ready = { how: { kind: "port" }, withinMs: 10_000 };
  const limits = { fds: undefined, processes: undefined, memoryBytes: undefined };
  const spec = { command: words, cwd: undefined, env: {}, ready, limits, url: `ws://127.0.0.1:${port}` };
  const target = await launch({
    spec,
    words,
    port,
    runId: "bench",
    logDir,
    pathAppend: [],
    clock,
    procRoot: "/proc",
  });
  await listening(port);
  const load = start("bare-load.js", `ws://127.0.0.1:${port}`);
  await pause(3000);
  const ratios = [];
  for (let i = 0; i < rounds; i++) {
    const bare = await window(load);
    const sampled = await watched(target, () => window(load));
    const bareAgain = await window(load);
    ratios.push(sampled / ((bare + bareAgain) / 2));
  }
  await end(load);
  await target.stop({ signal: "SIGTERM", withinMs: 2000 });
  rmSync(logDir, { recursive: true });
  const work = "target's throughput while sampled, against unsampled";
  return [{ work, value: median(ratios), limit: 0.98, unit: "×", atLeast: true }];
}
