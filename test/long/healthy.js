// Healthy --quick runs in a row (20, or as many as the argument says): each must exit 0.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { runTool, tempFolder } from "./lib.js";

const runs = Number(process.argv[2] ?? 20);
const folder = tempFolder();
let passed = 0;
for (let i = 1; i <= runs; i++) {
  const since = Date.now();
  const { code, stdout } = await runTool([
    "run",
    "--quick",
    "--no-progress",
    "--out",
    join(folder, String(i)),
  ]);
  if (code === 0) passed++;
  else console.log(stdout);
  console.log(`run ${i}: exit ${code} in ${((Date.now() - since) / 1000).toFixed(1)} s`);
}
rmSync(folder, { recursive: true });
console.log(`${passed} of ${runs} healthy runs exit 0`);
process.exitCode = passed === runs ? 0 : 1;
