// Pairs of --quick runs of the reference gateway, compared: on ten without a difference no regression, on ten with a
// leak planted in the second that leaves 1 in 20 operations ten. Two runs at a time. An argument sets the pairs of
// each kind, a second one the folder to keep the records in.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runTool, tempFolder } from "./lib.js";

const [pairs = "10", kept] = process.argv.slice(2);
const folder = kept ?? tempFolder();
/** Rates by opportunity, so that each leaves something after 1 in 20 operations or so. */
const plants = [
  ["connect-churn", "fd:0.05"],
  ["goose-churn", "pty:0.25"],
  ["connect-churn", "context:0.05"],
  ["goose-churn", "zombie:0.25"],
  ["goose-churn", "stuck-wait:0.1"],
];
const jobs = Array.from({ length: 2 * Number(pairs) }, (_, index) => {
  const isPlanted = index % 2 === 1;
  const [scenario, plant] = plants[(index >> 1) % plants.length];
  return { number: 1 + (index >> 1), scenario, plant: isPlanted ? plant : undefined };
});

async function run({ scenario, plant }, out, seed) {
  const planted = plant === undefined ? [] : ["--plant", plant];
  const words = [
    "run",
    scenario,
    "--quick",
    "--no-progress",
    "--out",
    out,
    "--seed",
    String(seed),
    ...planted,
  ];
  const { code, stderr } = await runTool(words);
  if (code > 1 && code !== 3) throw new Error(`${words.join(" ")}: exit ${code}: ${stderr}`);
}

async function pair(job) {
  const { number, plant, scenario } = job;
  const base = join(folder, `${plant === undefined ? "healthy" : "planted"}-${number}`);
  mkdirSync(base, { recursive: true });
  await run({ scenario }, join(base, "before"), 2 * number);
  await run(job, join(base, "after"), 2 * number + 1);
  const { code, stdout } = await runTool(["compare", join(base, "before"), join(base, "after")]);
  console.log(`${scenario}, ${plant ?? "healthy"}: exit ${code}: ${stdout.trim().split("\n").at(-1)}`);
  return { ...job, code };
}

const queue = [...jobs];
const done = [];
async function worker() {
  for (let job = queue.shift(); job !== undefined; job = queue.shift()) done.push(await pair(job));
}
await Promise.all([worker(), worker()]);
if (kept === undefined) rmSync(folder, { recursive: true });

const healthy = done.filter(({ plant }) => plant === undefined);
const planted = done.filter(({ plant }) => plant !== undefined);
const told = (some) => some.filter(({ code }) => code === 1).length;
const undecided = done.filter(({ code }) => code !== 0 && code !== 1).length;
const right = told(healthy) === 0 && told(planted) === planted.length && undecided === 0;
console.log(
  `${right ? "ok " : "NOT"} ${told(healthy)} regressions in ${healthy.length} pairs without a difference, ` +
    `${told(planted)} in ${planted.length} with one planted, ${undecided} undecided`,
);
process.exitCode = right ? 0 : 1;
