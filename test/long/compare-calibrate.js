// How often a comparison is wrong, and how often it sees: pairs of builds made up, thousands of each kind. An argument
// sets how many (default 2,000). False regressions must stay within 1 in 100 for every kind of pair.
import { countEvidence } from "../../dist/compare/count-evidence.js";
import { countAlpha, memoryAlpha } from "../../dist/compare/family.js";
import { memoryEvidence } from "../../dist/compare/memory-evidence.js";
import { goingDrift } from "../../dist/judge/series/going-drift.js";
import { prepare } from "../../dist/judge/series/prepared.js";
import { normalQuantile } from "../../dist/stats/normal-quantile.js";
import * as noise from "./calibrate/noise.js";
import { randomOf } from "./calibrate/random.js";

const trials = Number(process.argv[2] ?? 2000);
const kib = 1024;
const sizes = {
  quick: { batches: 6, perBatch: 25 },
  full: { batches: 10, perBatch: 100 },
  long: { batches: 60, perBatch: 100 },
};

/** Knuth's, of small means. */
function poisson(random, mean) {
  let left = Math.exp(-mean);
  let count = -1;
  for (let product = 1; product > left; product *= random.uniform()) count++;
  return count;
}

/** Batches of one run: `clump` units at a time on average, `spread` the coefficient of variation between runs. */
function leftIn(random, { batches, perBatch }, { rate = 0, clump = 1, spread = 0, regular = false }) {
  const own = spread === 0 ? rate : rate * Math.exp(spread * random.normal() - spread ** 2 / 2);
  let due = random.uniform();
  const unitsIn = () => {
    if (regular) {
      const before = Math.floor(due);
      due += own * perBatch;
      return Math.floor(due) - before;
    }
    let units = 0;
    for (let event = poisson(random, (own * perBatch) / clump); event > 0; event--)
      units += clump === 1 ? 1 : 1 + Math.floor(Math.log(1 - random.uniform()) / Math.log(1 - 1 / clump));
    return units;
  };
  const rows = Array.from({ length: batches }, () => ({ operations: perBatch, units: unitsIn() }));
  return { batches: rows, by: undefined, passes: false };
}

/** The slope of memory in one run, as the product reads it. */
function growthIn(random, { batches, perBatch }, { sd, rho = 0, walk = 0, warm = 0, slope = 0, spread = 0 }) {
  const own = slope + spread * random.normal();
  const rows = noise.ar1(random, batches + 3, { sd, rho });
  let wandered = 0;
  const levelAt = (index) => {
    wandered += walk * random.normal();
    const x = Math.max(0, index - 2) * perBatch;
    return 1e7 + rows[index] + wandered + own * x + warm * (1 - Math.exp((-4 * x) / (batches * perBatch)));
  };
  const values = rows.map((_, index) => levelAt(index));
  const points = values.slice(3).map((value, index) => ({
    operations: (index + 1) * perBatch,
    atMs: index * 1000,
    value,
  }));
  const series = {
    name: "memory",
    kind: "memory",
    baseline: values.slice(0, 3),
    points,
    drain: [values.at(-1)],
  };
  return { slope: goingDrift(prepare(series, {}), []).drift.slope, by: "" };
}

const many = (count, make) => Array.from({ length: count }, make);

/** Whether anything is told worse: five counted resources and one of memory in each scenario, as a whole. */
function toldWorse(random, kind) {
  const { size = "quick", repeats = 1, scenarios = 1, before = {}, after = before, leaky = 5 } = kind;
  const counts = many(scenarios * leaky, () =>
    countEvidence(
      many(repeats, () => leftIn(random, sizes[size], before)),
      many(repeats, () => leftIn(random, sizes[size], after)),
    ),
  );
  const alpha = countAlpha(counts);
  if (counts.some((one) => one.riseChance() <= alpha)) return true;
  if (kind.memory === undefined) return false;
  const memory = many(scenarios, () =>
    memoryEvidence(
      many(repeats, () => growthIn(random, sizes[size], kind.memory)),
      many(repeats, () => growthIn(random, sizes[size], kind.memoryAfter ?? kind.memory)),
    ),
  );
  return memory.some((one) => one.leaks && one.riseChance() <= memoryAlpha(scenarios));
}

const white = { sd: 200 * kib };
const alike = {
  "healthy, memory white": { memory: white },
  "healthy, memory white, 2 repeats": { memory: white, repeats: 2 },
  "healthy, memory white, full": { memory: white, size: "full" },
  "healthy, memory white, long": { memory: white, size: "long" },
  "healthy, memory of long memory, full": { memory: { sd: 200 * kib, rho: 0.9 }, size: "full" },
  "healthy, memory that wanders, full": { memory: { sd: 50 * kib, walk: 100 * kib }, size: "full" },
  "healthy, memory that wanders, long": { memory: { sd: 50 * kib, walk: 100 * kib }, size: "long" },
  "healthy, memory that warms up, full": { memory: { ...white, warm: 4096 * kib }, size: "full" },
  "both grow 4 KiB per operation, full": { memory: { ...white, slope: 4 * kib }, size: "full" },
  "both grow 4 KiB, runs differ by 1 KiB, 4 repeats": {
    memory: { ...white, slope: 4 * kib, spread: kib },
    size: "full",
    repeats: 4,
  },
  "five leak alike, 1 in a run": { before: { rate: 1 / 150 } },
  "five leak alike, 4 in a run": { before: { rate: 4 / 150 } },
  "five leak alike, 8 in a run": { before: { rate: 8 / 150 } },
  "five leak alike, 30 in a run": { before: { rate: 30 / 150 } },
  "five leak alike, 4 in a run, 4 scenarios": { before: { rate: 4 / 150 }, scenarios: 4 },
  "one leaks alike, 4 in a run": { before: { rate: 4 / 150 }, leaky: 1 },
  "five leak alike, 1 in 20, full": { before: { rate: 0.05 }, size: "full" },
  "five leak alike in clumps of 3, 8 in a run": { before: { rate: 8 / 150, clump: 3 } },
  "five leak alike in clumps of 3, 8 in a run, 4 repeats": {
    before: { rate: 8 / 150, clump: 3 },
    repeats: 4,
  },
  "five leak alike in clumps of 5, 1 in 20, full": { before: { rate: 0.05, clump: 5 }, size: "full" },
  "five leak alike, runs vary by 30%, 4 repeats": { before: { rate: 0.1, spread: 0.3 }, repeats: 4 },
  "five leak alike, runs vary by 30%, 8 repeats": { before: { rate: 0.1, spread: 0.3 }, repeats: 8 },
};
/** How runs of one build vary is not known from one or two of them. */
const beyondKnowing = {
  "one leaks alike, runs vary by 30%, 1 run": { before: { rate: 0.1, spread: 0.3 }, leaky: 1 },
  "one leaks alike, runs vary by 30%, 2 repeats": {
    before: { rate: 0.1, spread: 0.3 },
    leaky: 1,
    repeats: 2,
  },
  "five leak alike, runs vary by 30%, 2 repeats": { before: { rate: 0.1, spread: 0.3 }, repeats: 2 },
};
const planted = {
  "1 in 20, every 20th, quick": { after: { rate: 0.05, regular: true }, leaky: 1 },
  "1 in 20 in three at once, quick": { after: { rate: 0.05, regular: true }, leaky: 3 },
  "1 in 20 by chance, quick": { after: { rate: 0.05 }, leaky: 1 },
  "1 in 20 by chance, quick, 2 repeats": { after: { rate: 0.05 }, leaky: 1, repeats: 2 },
  "1 in 20 by chance, full": { after: { rate: 0.05 }, leaky: 1, size: "full" },
  "1 in 10 after 1 in 20, full": { before: { rate: 0.05 }, after: { rate: 0.1 }, leaky: 1, size: "full" },
  "memory, 16 KiB per operation, quick": {
    leaky: 0,
    memory: white,
    memoryAfter: { ...white, slope: 16 * kib },
  },
  "memory, 4 KiB per operation, full": {
    leaky: 0,
    memory: white,
    memoryAfter: { ...white, slope: 4 * kib },
    size: "full",
  },
};

function shareOf(name, kind) {
  const full = { ...kind, before: kind.before ?? {} };
  let told = 0;
  for (let trial = 0; trial < trials; trial++) {
    if (toldWorse(randomOf([1, name, trial]), full)) told++;
  }
  return told / trials;
}

function percent(share) {
  return `${(100 * share).toFixed(2).padStart(6)}%`;
}

/** More than this is more than chance makes of a true 1 in 100, at 1 in 1,000. */
const most = 0.01 + normalQuantile(0.999) * Math.sqrt((0.01 * 0.99) / trials);
let wrong = 0;
console.log(`regressions told where there is none, in ${trials} pairs each:`);
for (const [name, kind] of Object.entries(alike)) {
  const share = shareOf(name, kind);
  if (share > most) wrong++;
  console.log(`${share > most ? "NOT" : "ok "} ${percent(share)}  ${name}`);
}
console.log("the same, where too few repeats are there to know how runs vary:");
for (const [name, kind] of Object.entries(beyondKnowing))
  console.log(`    ${percent(shareOf(name, kind))}  ${name}`);
console.log("regressions told where one is planted:");
for (const [name, kind] of Object.entries(planted))
  console.log(`    ${percent(shareOf(name, kind))}  ${name}`);
process.exitCode = wrong === 0 ? 0 : 1;
