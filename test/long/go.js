// The gateway of test/targets/go-gateway: each leak fails where it should, all together too, and without them every scenario
// passes. Prints the tables of docs/guides/go-gateway.md. `--full`: the scenarios in full size.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runTool, tempFolder, trouble } from "./lib.js";

const criteria = ["tasks", "processes", "fds", "memory", "zombies", "ptys"];
const example = (name) => fileURLToPath(new URL(`../../docs/examples/${name}.yaml`, import.meta.url));
/** Each leak with its scenario, and the criteria of which all have to fail; others may fail as well. */
const leaky = [
  ["process", "error-storm", ["tasks", "zombies"]],
  ["connection", "disconnect-midstream", ["tasks", "processes", "fds", "ptys"]],
  ["indexer", "idle-indexer", ["tasks", "memory"]],
  ["pty", "goose-churn", ["fds", "ptys"]],
  ["scanner", "stderr-flood", ["tasks", "fds"]],
  ["all", "goose-churn", ["tasks", "fds", "zombies", "ptys"]],
  ["process", example("seed-processes"), ["zombies"]],
  ["connection", example("seed-connections"), ["tasks"]],
  ["connection", example("seed-descriptors"), ["fds"]],
];
/** Ten runs without a leak. */
const fixed = [
  "connect-churn",
  "disconnect-midstream",
  "error-storm",
  "goose-churn",
  "graceful-stop",
  "idle-indexer",
  "stderr-flood",
  example("seed-processes"),
  example("seed-connections"),
  example("seed-descriptors"),
];
const size = process.argv.includes("--full") ? [] : ["--quick"];

const folder = tempFolder();
const gateway = join(folder, "go-gateway");
build();
const rows = [];
const makers = [];
let right = 0;
for (const [leak, scenario, wanted] of leaky) right += await runLeaky(leak, scenario, wanted);
console.log(`| leak | scenario | ${criteria.join(" | ")} |\n|---|---|${criteria.map(() => "---|").join("")}`);
for (const row of rows) console.log(`| ${row.join(" | ")} |`);
for (const line of makers) console.log(line);
let passed = 0;
for (const scenario of fixed) passed += await runFixed(scenario);
rmSync(folder, { recursive: true });
console.log(`${right} of ${leaky.length} leaky runs failed where they should`);
console.log(`${passed} of ${fixed.length} runs without a leak exit 0`);
process.exitCode = right === leaky.length && passed === fixed.length ? 0 : 1;

function build() {
  const cwd = fileURLToPath(new URL("../targets/go-gateway", import.meta.url));
  const built = spawnSync("go", ["build", "-o", gateway, "."], { cwd, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`go build: ${built.stderr}`);
}

function run(scenario, leak) {
  const target = [gateway, "-port", "{port}", "-leak", leak, "-agent", "goose run ?"];
  const out = join(folder, `${leak}-${rows.length}`);
  // The shipped examples have no quick size of their own that is worth the name.
  const words = scenario.endsWith(".yaml") ? [scenario] : [scenario, ...size];
  return runTool([
    "run",
    ...words,
    "--no-why",
    "--no-progress",
    "--reporter",
    "json",
    "--out",
    out,
    "--",
    ...target,
  ]);
}

async function runLeaky(leak, scenario, wanted) {
  const { code, stdout, stderr } = await run(scenario, leak);
  const {
    name,
    criteria: judged,
    findings,
  } = code === 1 ? JSON.parse(stdout).scenarios[0] : nothing(scenario);
  const failed = judged.filter(({ verdict }) => verdict === "fail").map(({ id }) => id);
  const isRight = wanted.every((id) => failed.includes(id));
  rows.push([`\`${leak}\``, name, ...criteria.map((id) => cellOf(judged, id))]);
  makers.push(...makersOf(findings).map((made) => `${leak} in ${name}: ${made}`));
  if (!isRight) console.log(`NOT ${leak} in ${name}: exit ${code}, failed ${failed.join(", ")}\n${stderr}`);
  return isRight ? 1 : 0;
}

function nothing(scenario) {
  return { name: scenario.split("/").at(-1), criteria: [], findings: [] };
}

function makersOf(findings) {
  const made = findings.map(({ evidence }) => evidence.filter((line) => line.startsWith("created by ")));
  return made.filter((lines) => lines.length > 0).map((lines) => lines.join("; "));
}

function cellOf(judged, id) {
  const criterion = judged.find((each) => each.id === id);
  if (!criterion) return "-";
  return criterion.verdict === "fail" ? `fail, ${rateOf(criterion)}` : criterion.verdict;
}

function rateOf({ perOperation, unit }) {
  if (perOperation === null) return "";
  return unit === "bytes"
    ? `${Math.round(perOperation / 1024)} KiB`
    : String(Number(perOperation.toPrecision(2)));
}

async function runFixed(scenario) {
  const { code, stdout, stderr } = await run(scenario, "none");
  console.log(`${code === 0 ? "ok " : "NOT"} none in ${scenario.split("/").at(-1)}: exit ${code}`);
  if (code !== 0) console.log(stdout.startsWith("{") ? trouble(stdout).join("\n") : stderr);
  return code === 0 ? 1 : 0;
}
