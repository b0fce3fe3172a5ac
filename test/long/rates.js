// Every plant at 1, 1/10, 1/50 and 1/250 per opportunity, in its scenario: found, or honestly rarer than what the
// run says it can see. Never a pass that claims more power than it had. --quick: the small size; words: these plants.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { runTrial } from "../../dist/cli/selftest/selftest-trial.js";
import { shippedDir } from "../../dist/cli/paths.js";
import { loadScenario } from "../../dist/scenario/load.js";
import { withSize } from "../../dist/scenario/size.js";
import { plantings } from "../../dist/selftest/plantings.js";
import { tempFolder } from "./lib.js";

const rates = [1, 0.1, 0.02, 0.004];
const wrongOutcomes = ["missed", "accused", "broke"];
const words = process.argv.slice(2);
const quick = words.includes("--quick");
const wanted = words.filter((word) => word !== "--quick");
const folder = tempFolder();
const stop = new AbortController();
process.once("SIGINT", () => stop.abort());

const widths = [12, 7, 21, 8, 10, 10, 10, 13, 0];
row(["plant", "rate", "scenario", "planted", "truth", "measured", "sees", "verdict", "outcome"]);
const counts = {};
for (const planting of plantings) {
  if (wanted.length > 0 && !wanted.includes(planting.plant)) continue;
  for (const rate of rates) {
    if (stop.signal.aborted) break;
    const result = await tryOne(planting, rate);
    const { outcome, scenario, planted, truth, criterion, reason } = result;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    const { id, verdict, perOperation, detectable, high } = criterion ?? {};
    const numbers = [truth, perOperation, detectable ?? high].map(short);
    row([planting.plant, short(rate), scenario, planted, ...numbers, `${id} ${verdict}`, outcome]);
    if (outcome !== "found") console.log(`  ${reason}`);
  }
}
rmSync(folder, { recursive: true });
const wrong = wrongOutcomes.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0);
console.log(
  Object.entries(counts)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(", "),
);
console.log(`${wrong} wrong`);
process.exitCode = stop.signal.aborted ? 130 : wrong === 0 ? 0 : 1;

async function tryOne({ plant: name, scenario }, rate) {
  const loaded = await loadScenario(scenario, { shippedDir, cwd: process.cwd() });
  const sized = withSize(loaded, { quick });
  return runTrial({
    trial: { scenario, plant: { name, rate }, operations: sized.load.operations ?? 0 },
    scenario: sized,
    quick,
    outDir: join(folder, `${name}-${rate}`),
    host: process,
    stop: stop.signal,
    onProgress: () => undefined,
  });
}

function row(cells) {
  console.log(
    cells
      .map((cell, index) => String(cell).padEnd(widths[index]))
      .join(" ")
      .trimEnd(),
  );
}

function short(value) {
  return value === undefined
    ? "-"
    : Number(value)
        .toPrecision(3)
        .replace(/\.?0+$/, "");
}
