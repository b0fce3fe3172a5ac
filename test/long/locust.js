// docs/examples/foreign/locust.yaml as it is, and against a server that leaks: a Locust master and two workers on
// loopback, one verdict of the whole. Locust comes from the PATH, or into a folder of its own from PyPI; without
// Python it says so and checks nothing.
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runTool, tempFolder } from "./lib.js";

const examples = fileURLToPath(new URL("../../docs/examples/foreign", import.meta.url));
const folder = tempFolder();
try {
  const version = locust();
  if (version === undefined) {
    console.log("skipped: neither locust nor a Python with venv and PyPI is here");
  } else {
    console.log(version);
    process.exitCode = (await healthyAndLeaking()) ? 0 : 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What it calls itself, once it is there. */
function locust() {
  return versionOf() ?? (installed() ? versionOf() : undefined);
}

function versionOf() {
  const { status, stdout } = spawnSync("locust", ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim().split(" from ")[0] : undefined;
}

function installed() {
  const venv = join(folder, "venv");
  process.env.PATH = [join(venv, "bin"), process.env.PATH].join(delimiter);
  if (spawnSync("python3", ["-m", "venv", venv]).status !== 0) return false;
  return (
    spawnSync(join(venv, "bin/pip"), ["install", "--quiet", "locust"], { stdio: "inherit" }).status === 0
  );
}

async function healthyAndLeaking() {
  // The engine's files are named relative to where the tool runs.
  cpSync(examples, join(folder, "foreign"), { recursive: true });
  process.chdir(join(folder, "foreign"));
  const healthy = readFileSync("locust.yaml", "utf8");
  writeFileSync("leaking.yaml", healthy.replace("server.mjs {port}", "server.mjs {port} leak"));
  const results = [await check("locust.yaml", 0), await check("leaking.yaml", 1)];
  return results.every(Boolean);
}

async function check(scenario, wanted) {
  const out = join(folder, `out-${scenario}`);
  const since = Date.now();
  const words = ["run", scenario, "--out", out, "--reporter", "json", "--no-progress"];
  const { code, stdout, stderr } = await runTool(words);
  const seconds = ((Date.now() - since) / 1000).toFixed(0);
  if (stdout === "") {
    console.log(`NOT ${scenario}: exit ${code}: ${stderr.trim()}`);
    return false;
  }
  const [{ operations, criteria, broke }] = JSON.parse(stdout).scenarios;
  const fds = criteria.find(({ id }) => id === "fds");
  // Each visit leaves one file, so a worker whose visits were not counted would show.
  const isRight = code === wanted && (wanted === 0 || Math.abs(fds.perOperation - 1) < 0.02);
  const said = `exit ${code}, ${operations.landed} landed, fds ${fds.verdict} (${fds.perOperation} per operation)`;
  console.log(
    `${isRight ? "ok " : "NOT"} ${scenario}: ${said} in ${seconds} s${broke ? `; broke: ${broke}` : ""}`,
  );
  return isRight;
}
