// How often watches are judged wrong, on simulated servers of known truth.
//   node test/long/watch/run.js [--seeds 200] [--shape NAME] [--label healthy|leak] [--base 20261124] [--first 1] [--list]
// Exits with 1 when a bar is missed by more than chance.

import { parseArgs } from "node:util";
import { judgeRun } from "../../../dist/judge/judge-run.js";
import { shapes } from "./shapes.js";
import { simulate } from "./simulate.js";
import { barsMissed, rowOf, tableOf } from "./table.js";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "200" },
    first: { type: "string", default: "1" },
    base: { type: "string", default: "20261124" },
    shape: { type: "string" },
    label: { type: "string" },
    list: { type: "boolean", default: false },
  },
});

const chosen = shapes.filter(
  ({ name, label }) => (values.shape ?? name) === name && (values.label ?? label) === label,
);
const [first, seeds] = [Number(values.first), Number(values.seeds)];
const rows = chosen.map((shape) => {
  const outcomes = Array.from({ length: seeds }, (_, i) => outcomeOf(shape, first + i));
  const row = rowOf(shape, outcomes);
  process.stderr.write(`${shape.name}: ${JSON.stringify(row)}\n`);
  return row;
});
process.stdout.write(`${tableOf(rows, { seeds, base: values.base })}\n`);
const missed = barsMissed(rows);
for (const text of missed) process.stdout.write(`missed: ${text}\n`);
process.exitCode = missed.length > 0 ? 1 : 0;

function outcomeOf(shape, seed) {
  const { record, ratePerSecond } = simulate(shape, [values.base, shape.name, seed]);
  const { criteria } = judgeRun(record);
  const fails = criteria.filter(({ verdict }) => verdict === "fail").map(({ id }) => id);
  const main = criteria.find(({ id }) => id === shape.criteria[0]);
  const isPass = main?.verdict === "pass";
  const outcome = {
    seed,
    wrong: fails.filter((id) => !shape.criteria.includes(id)),
    isFound: main?.verdict === "fail",
    isPass,
    isMissed: isPass && ratePerSecond >= main.detectable,
    open: criteria.filter(({ verdict }) => verdict === "inconclusive").map(({ id }) => id),
    detectable: Object.fromEntries(criteria.map(({ id, detectable }) => [id, detectable])),
  };
  if (values.list) {
    const told = criteria.map(({ id, verdict }) => `${id} ${verdict}`).join(", ");
    const line = `${shape.name} ${seed} (${((ratePerSecond ?? 0) * 3600).toPrecision(3)}/h): ${told}\n`;
    process.stderr.write(line);
    for (const { id, reason } of criteria.filter(({ verdict }) => verdict !== "pass"))
      process.stderr.write(`    ${id}: ${reason}\n`);
  }
  return outcome;
}
