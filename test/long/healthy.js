// Healthy --quick runs in a row (20, or as many as the argument says): each must exit 0.
// With --loaded both cores are kept busy meanwhile (40 runs): none may fail, and 1 in 40 may be inconclusive.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { burden, runTool, tempFolder, trouble } from "./lib.js";

const words = process.argv.slice(2);
const loaded = words.includes("--loaded");
const runs = Number(words.find((word) => /^\d+$/.test(word)) ?? (loaded ? 40 : 20));
const folder = tempFolder();
const counts = { pass: 0, fail: 0, inconclusive: 0, broke: 0 };
const verdicts = { 0: "pass", 1: "fail", 3: "inconclusive" };
const release = loaded ? burden() : () => undefined;
const all = [];

for (let i = 1; i <= runs; i++) {
  const since = Date.now();
  const out = join(folder, String(i));
  const run = ["run", "--quick", "--no-progress", "--reporter", "json", "--out", out];
  const { code, stdout, stderr } = await runTool(run);
  counts[verdicts[code] ?? "broke"]++;
  console.log(`run ${i}: exit ${code} in ${((Date.now() - since) / 1000).toFixed(1)} s`);
  const found = code === 0 ? [] : stdout === "" ? [stderr.trim()] : trouble(stdout);
  for (const line of found) console.log(`  ${line}`);
  all.push(...found.map((line) => `run ${i}: ${line}`));
  rmSync(out, { recursive: true, force: true });
}
release();
rmSync(folder, { recursive: true });
console.log(
  Object.entries(counts)
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(", "),
);
for (const line of all) console.log(`  ${line}`);
const allowed = loaded ? Math.max(1, Math.floor(runs / 40)) : 0;
const right = counts.fail + counts.broke === 0 && counts.inconclusive <= allowed;
console.log(
  `${right ? "ok " : "NOT"} at most ${allowed} inconclusive and none failed, of ${runs} healthy runs`,
);
process.exitCode = right ? 0 : 1;
