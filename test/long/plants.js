// Every plant in its scenario, full size: exit 1, under a criterion of its row and none foreign to it.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { plantings } from "../../dist/selftest/plantings.js";
import { runTool, tempFolder } from "./lib.js";

const folder = tempFolder();
const wanted = process.argv.slice(2);
let caught = 0;
let ran = 0;
for (const { plant, scenario, criterion, also } of plantings) {
  const allowed = [criterion, ...also];
  if (wanted.length > 0 && !wanted.includes(plant)) continue;
  ran++;
  const out = join(folder, plant);
  const { code, stdout, stderr } = await runTool([
    "run",
    scenario,
    "--plant",
    plant,
    "--out",
    out,
    "--reporter",
    "json",
    "--no-progress",
  ]);
  const failed = code === 1 || code === 0 || code === 3 ? failedOf(stdout) : [];
  const right = code === 1 && failed.length > 0 && failed.every((id) => allowed.includes(id));
  if (right) caught++;
  console.log(
    `${right ? "ok " : "NOT"} ${plant} in ${scenario}: exit ${code}, failed ${failed.join(", ") || "nothing"}`,
  );
  if (!right) console.log(stderr || stdout);
}
rmSync(folder, { recursive: true });
console.log(`${caught} of ${ran} plants caught, under their own criteria only`);
process.exitCode = caught === ran ? 0 : 1;

function failedOf(stdout) {
  const { scenarios } = JSON.parse(stdout);
  const failed = scenarios.flatMap(({ criteria }) => criteria.filter(({ verdict }) => verdict === "fail"));
  return [...new Set(failed.map(({ id }) => id))];
}
