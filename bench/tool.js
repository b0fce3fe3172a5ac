// Rows 5 and 6: the tool as a whole: its memory with 5,000 connections open, and its start.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fixture, median } from "./lib.js";

const bin = fileURLToPath(new URL("../bin/watertight.js", import.meta.url));
const mib = 1024 ** 2;

const scenario = `
name: many-open
about: 5,000 sessions at once.
target: {command: ["${process.execPath}", "${fixture("echo-server.js")}", "{port}"]}
flows: {hold: {steps: [connect: /, send: hello, expect: hello, wait: 6s, close]}}
load: {operations: 30000, batch: 5000, concurrency: 5000, warmup: 0}
`;

/** The highest own RSS of the ticks while all were open. */
async function ownRss() {
  const folder = mkdtempSync(join(tmpdir(), "watertight-bench-"));
  writeFileSync(join(folder, "many-open.yaml"), scenario);
  const command = 'ulimit -n "$(ulimit -H -n)"; exec "$@"';
  const words = [process.execPath, bin, "run", join(folder, "many-open.yaml"), "--out", join(folder, "out")];
  const child = spawn("sh", ["-c", command, "sh", ...words], { stdio: "ignore" });
  const gone = once(child, "exit");
  setTimeout(() => child.kill("SIGINT"), 14_000);
  await gone;
  const lines = readFileSync(join(folder, "out", "record.ndjson"), "utf8")
    .trim()
    .split("\n");
  const ticks = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === "tick");
  rmSync(folder, { recursive: true });
  const open = ticks.filter(({ fds }) => fds >= 5000);
  if (open.length === 0) throw new Error("5,000 connections were never open at a tick");
  return Math.max(...open.map(({ ownRssBytes }) => ownRssBytes)) / mib;
}

function timed(words) {
  const since = performance.now();
  spawnSync(process.execPath, words, { stdio: "ignore" });
  return performance.now() - since;
}

export async function toolRows() {
  const starts = Array.from({ length: 25 }, () => timed([bin, "--help"]) / timed(["-e", "0"]));
  return [
    {
      work: "the tool's own RSS with 5,000 connections open",
      value: await ownRss(),
      limit: 150,
      unit: " MiB",
    },
    { work: "watertight --help, against node -e 0", value: median(starts), limit: 3, unit: "×" },
  ];
}
