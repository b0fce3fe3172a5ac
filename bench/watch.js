// `watertight watch`: what it costs itself, what it costs the server, and how soon it says something.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ask, clock, end, fixture, freePort, listening, median, pause, start } from "./lib.js";

const bin = fileURLToPath(new URL("../bin/watertight.js", import.meta.url));
const manyProcesses = 500;
const windowMs = 2000;
const rounds = 15;

export async function watchRows() {
  return [await ownCost(), ...(await besideServer())];
}

/** Processor time of the tool between two ticks of a watch under way, its looks included, by the time between them. */
async function ownCost() {
  const tree = start("many-processes.js", manyProcesses);
  await ask(tree);
  await settled(tree.pid);
  const folder = mkdtempSync(join(tmpdir(), "watertight-bench-"));
  const words = ["watch", "--pid", tree.pid, "--for", "60s", "--every", "10s", "--out", join(folder, "out")];
  const child = spawn(process.execPath, [bin, ...words.map(String)], { stdio: "ignore" });
  await once(child, "exit");
  tree.stdin.end();
  const lines = readFileSync(join(folder, "out", "record.ndjson"), "utf8")
    .trim()
    .split("\n");
  const ticks = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === "tick");
  rmSync(folder, { recursive: true });
  // The looks at both ends are of every watch alike, however long it is.
  const midst = ticks.filter(({ operations }) => operations >= 1 && operations < 60);
  const [first, last] = [midst[0], midst.at(-1)];
  if (last.processes < manyProcesses) throw new Error(`only ${last.processes} processes were watched`);
  const share = (last.ownCpuMs - first.ownCpuMs) / (last.atMs - first.atMs);
  return {
    work: `watching ${manyProcesses} processes with 20 fds each`,
    value: share * 100,
    limit: 5,
    unit: "% of a core",
  };
}

/** Every child has become what it will be. */
async function settled(pid) {
  const children = () => readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  const isReady = (child) => readdirSync(`/proc/${child}/fd`).length === 20;
  for (let i = 0; i < 500 && !(children().length === manyProcesses && children().every(isReady)); i++)
    await pause(20);
}

async function besideServer() {
  const port = await freePort();
  const server = spawn(process.execPath, [fixture("echo-server.js"), String(port)], { stdio: "ignore" });
  await listening(port);
  const starts = [];
  for (let i = 0; i < 15; i++) starts.push(await firstLine(port));
  const load = start("bare-load.js", `ws://127.0.0.1:${port}`);
  await pause(3000);
  const ratios = [];
  for (let i = 0; i < rounds; i++) {
    const bare = await window(load, server.pid);
    const watch = watching(port);
    await once(watch.child.stderr, "data");
    const seen = await window(load, server.pid);
    await watch.end();
    ratios.push((2 * seen) / (bare + (await window(load, server.pid))));
  }
  await end(load);
  await end(server);
  return [
    { work: "start of watch to its first line", value: median(starts) / 1000, limit: 0.5, unit: " s" },
    {
      work: "server's work per CPU time while watched, against unwatched",
      value: median(ratios),
      limit: 0.99,
      unit: "×",
      atLeast: true,
    },
  ];
}

function watching(port) {
  const folder = mkdtempSync(join(tmpdir(), "watertight-bench-"));
  const words = ["watch", "--port", port, "--for", "60s", "--every", "1s", "--out", join(folder, "out")];
  const child = spawn(process.execPath, [bin, ...words.map(String)], { stdio: ["ignore", "ignore", "pipe"] });
  return {
    child,
    end: async () => {
      await end(child);
      rmSync(folder, { recursive: true });
    },
  };
}

async function firstLine(port) {
  const sinceMs = clock.monotonic();
  const watch = watching(port);
  await once(watch.child.stderr, "data");
  const tookMs = clock.monotonic() - sinceMs;
  await watch.end();
  return tookMs;
}

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
