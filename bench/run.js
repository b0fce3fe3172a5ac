// npm run bench [GROUP]: every row measured, as a ratio inside this run where it can be one. Exits 1 when one is over
// its limit.
import { goProfileRows } from "./go-profile.js";
import { procRows } from "./proc.js";
import { compareRows } from "./compare.js";
import { driveRows } from "./drive.js";
import { enginesRows } from "./engines.js";
import { historyRows } from "./history.js";
import { htmlRows } from "./html.js";
import { judgeRows } from "./judge.js";
import { ledgerRows } from "./ledger.js";
import { nightlyIndexRows } from "./nightly-index.js";
import { samplingRows } from "./sampling.js";
import { statsRows } from "./stats.js";
import { toolRows } from "./tool.js";
import { traceRows } from "./trace.js";
import { watchRows } from "./watch.js";

const wanted = process.argv[2];
const groups = {
  compare: compareRows,
  judge: judgeRows,
  history: historyRows,
  html: htmlRows,
  ledger: ledgerRows,
  stats: statsRows,
  "go-profile": goProfileRows,
  proc: procRows,
  drive: driveRows,
  "nightly-index": nightlyIndexRows,
  sampling: samplingRows,
  tool: toolRows,
  trace: traceRows,
  watch: watchRows,
  engines: enginesRows,
};
/** What other programs are needed for is measured only when it is asked for. */
const onRequest = ["engines"];
let over = 0;
for (const [name, rows] of Object.entries(groups)) {
  if (wanted === undefined ? onRequest.includes(name) : wanted !== name) continue;
  for (const { work, value, limit, unit, atLeast } of await rows()) {
    const told = (value.toFixed(2) + unit).padStart(10);
    if (limit === undefined) {
      console.log(`info  ${told}  ${work}`);
      continue;
    }
    const holds = atLeast ? value >= limit : value <= limit;
    if (!holds) over++;
    const bound = `${atLeast ? "at least" : "at most"} ${limit}${unit}`;
    console.log(`${holds ? "ok  " : "OVER"}  ${told}  (${bound})  ${work}`);
  }
}
process.exitCode = over > 0 ? 1 : 0;
