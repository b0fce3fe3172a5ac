// How often the judge is wrong on series it has never seen: generates labelled cases, judges them, and says
// which bars are missed. `--help` shows the options.
import { readFileSync, writeFileSync } from "node:fs";
import { judgeSeries } from "../../../dist/judge/judge-series.js";
import { barLine, missedBars } from "./bars.js";
import { caseOf, seriesOf, shapes } from "./case.js";
import { crew } from "./crew.js";
import { optionsOf, shapesBy, usage } from "./options.js";
import { powerTable } from "./power.js";
import { markdownTable, textTable, withTable } from "./table.js";

const options = readOptions();
if (options === undefined) process.exitCode = 2;
else if (options.help) console.log(usage);
else if (options.list) for (const { name, label, note } of shapes) console.log(`${name}  ${label}: ${note}`);
else if (options.dump !== undefined) console.log(JSON.stringify(casesOf(options.dump), undefined, 1));
else if (options.look !== undefined) look(options.look);
else if (options.power) console.log(powerTable(options));
else await calibrate();

function readOptions() {
  try {
    return optionsOf(process.argv.slice(2));
  } catch (error) {
    console.error(`calibrate: ${error.message}\n${usage}`);
    return undefined;
  }
}

/** `flapping/17`, `flapping/n50/s17` or `flapping/1-100`. */
function casesOf(words) {
  const [name = "", ...rest] = words.split("/");
  const batches = rest.length > 1 ? [Number(rest[0].slice(1))] : options.batches;
  const [from = 1, to = from] = (rest.at(-1) ?? "1").replace("s", "").split("-").map(Number);
  const seeds = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return shapesBy(name).flatMap((shape) =>
    batches
      .filter((each) => each >= (shape.least ?? 1))
      .flatMap((each) =>
        seeds.map((seed) => caseOf(shape, { baseSeed: options.baseSeed, batches: each, seed })),
      ),
  );
}

function look(words) {
  for (const labelled of casesOf(words)) {
    const { baseline, samples, finalDrain, ...about } = labelled;
    console.log(JSON.stringify(about));
    console.log(`${baseline.join(" ")} | ${samples.join(" ")} | ${finalDrain.join(" ")}`);
    console.log(JSON.stringify(judgeSeries(seriesOf(labelled), options.rigour), undefined, 1));
  }
}

async function calibrate() {
  const { seeds, baseSeed, rigour } = options;
  const tasks = options.shapes.flatMap((shape) =>
    options.batches
      .filter((batches) => batches >= (shape.least ?? 1))
      .map((batches) => ({ shape: shape.name, batches, seeds, baseSeed, rigour })),
  );
  const since = Date.now();
  let done = 0;
  const rows = await crew(tasks, ({ shape, batches }) =>
    console.error(`${++done} of ${tasks.length}: ${shape} at ${batches}`),
  );
  const missed = missedBars(rows);
  const seconds = ((Date.now() - since) / 1000).toFixed(0);
  if (options.json) console.log(JSON.stringify({ baseSeed, seeds, rows, missed }, undefined, 1));
  else tell(rows, missed, `${seeds} seeds a row, base seed ${baseSeed}, ${seconds} s`);
  if (options.write) write(rows);
  process.exitCode = missed.every(({ byChance }) => byChance) ? 0 : 1;
}

function tell(rows, missed, about) {
  console.log(textTable(rows));
  for (const { shape, batches, wrong, undecidedNames } of rows) {
    if (wrong.length > 0) console.log(`wrong in ${shape} at ${batches}: ${wrong.join(" ")}`);
    else if (undecidedNames.length > 0) console.log(`undecided, e.g.: ${undecidedNames.join(" ")}`);
  }
  console.log(`\n${about}`);
  const beyond = missed.filter(({ byChance }) => !byChance);
  for (const bar of beyond) console.log(`missed: ${barLine(bar)}`);
  const rest = missed.length - beyond.length;
  if (rest > 0) console.log(`${rest} more above a bar by no more than chance; --json names them`);
  if (missed.length === 0) console.log("every bar is held");
}

function write(rows) {
  const page = new URL("../../../docs/explanation/judge.md", import.meta.url);
  writeFileSync(page, withTable(readFileSync(page, "utf8"), markdownTable(rows, options)));
}
