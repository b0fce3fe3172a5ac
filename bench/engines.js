// WebSocket operations per second of processor time: the driver against Artillery and k6 on the same server. Only when
// asked for: each is looked for in PATH, else installed into a folder beside the temporary files, which takes minutes.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { end, fixture, freePort, listening, median, start } from "./lib.js";

const operations = 10_000;
/** Artillery is told a rate; so many take it a minute. */
const artilleryOperations = 6000;
const artillerySeconds = 60;
const rounds = 3;
const ticksPerSecond = 100;
const folder = join(tmpdir(), "watertight-bench-engines");
const k6Module = "go.k6.io/k6@v1.3.0";
const artilleryPackage = "artillery@2.0.34";

export async function enginesRows() {
  const port = await freePort();
  const server = start("echo-server.js", port);
  await listening(port);
  const url = `ws://127.0.0.1:${port}/`;
  mkdirSync(folder, { recursive: true });
  const driver = perCpuSecond("watertight", () => ({
    path: process.execPath,
    words: [fixture("drives-once.js"), url, String(operations)],
    count: operations,
  }));
  const rows = [againstArtillery(url, driver), againstK6(url, driver)];
  await end(server);
  return rows.filter((row) => row !== undefined);
}

function againstArtillery(url, driver) {
  const npm = [
    "install",
    "--prefix",
    folder,
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    artilleryPackage,
  ];
  const path = found(["artillery", join(folder, "node_modules/.bin/artillery")], ["--version"], () =>
    run("npm", npm),
  );
  if (path === undefined) return skipped(`npm install ${artilleryPackage}`);
  const script = join(folder, "echo.yml");
  const phase = { duration: artillerySeconds, arrivalRate: artilleryOperations / artillerySeconds };
  const scenarios = [{ engine: "ws", flow: [{ send: "hello" }] }];
  const config = { target: url, phases: [phase], engines: { ws: {} } };
  // JSON is YAML, too.
  writeFileSync(script, JSON.stringify({ config, scenarios }));
  const env = { ...process.env, ARTILLERY_DISABLE_TELEMETRY: "true" };
  const words = ["run", script];
  const artillery = perCpuSecond("Artillery", () => ({ path, words, env, count: artilleryOperations }));
  const work =
    "connect → send → close per CPU second, the driver (which awaits the echo, too) against Artillery";
  return { work, value: driver / artillery, limit: 2, unit: "×", atLeast: true };
}

function againstK6(url, driver) {
  const env = { ...process.env, GOBIN: folder, GOFLAGS: "-mod=mod" };
  const install = () => run("go", ["install", k6Module], env);
  const path = found(["k6", join(folder, "k6")], ["version"], install);
  if (path === undefined) return skipped(`go install ${k6Module}`);
  const words = ["run", "--quiet", "--no-usage-report", fixture("echo.k6.js")];
  const asked = { ...process.env, URL: url, OPERATIONS: String(operations) };
  const k6 = perCpuSecond("k6", () => ({ path, words, env: asked, count: operations }));
  return {
    work: "connect → echo → close per CPU second, the driver against k6",
    value: driver / k6,
    unit: "×",
  };
}

function skipped(how) {
  console.log(`skip  not in PATH, and ${how} does not install it`);
  return undefined;
}

function found([name, installed], words, install) {
  const there = [name, installed].find((path) => run(path, words));
  return there ?? (install() && run(installed, words) ? installed : undefined);
}

function run(path, words, env = process.env) {
  return spawnSync(path, words, { env, stdio: "ignore" }).status === 0;
}

function perCpuSecond(name, programOf) {
  const rates = Array.from({ length: rounds }, () => {
    const { path, words, env, count } = programOf();
    return count / cpuSeconds(path, words, env);
  });
  console.log(`      ${name}: ${Math.round(median(rates))} operations per CPU second`);
  return median(rates);
}

/** Processor time of a program from start to end, start-up included: what it adds to that of the ended children. */
function cpuSeconds(path, words, env = process.env) {
  const before = childTicks();
  const { status, stderr } = spawnSync(path, words, {
    env,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${path} ended with ${status}: ${stderr}`);
  return (childTicks() - before) / ticksPerSecond;
}

/** cutime and cstime, proc_pid_stat(5). */
function childTicks() {
  const fields = readFileSync("/proc/self/stat", "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return Number(fields[13]) + Number(fields[14]);
}
