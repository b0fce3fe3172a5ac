import { dirname, join, resolve } from "node:path";
import type { Build } from "../../compare/compare-runs.js";
import { readRun } from "../../compare/reading.js";
import type { Comparison } from "../../model/comparison.js";
import { exitCodes } from "../../model/problem.js";
import { renderCompareJson } from "../../report/compare-json.js";
import { renderCompare } from "../../report/compare-text.js";
import { Controls } from "../../soak/controls.js";
import type { Against } from "./against-option.js";
import {
  reportOfRuns,
  type Side,
  type Surroundings,
  type Taken,
  takeTurns,
  turnsOf,
} from "./against-turns.js";
import { widthOf, widthOfFiles } from "../columns.js";
import { comparisonOf } from "./comparing.js";
import { type Host, wantsColour } from "../host.js";
import { Interrupts } from "../interrupts.js";
import { LiveView } from "../live-view.js";
import { type AskedReporter, isForStdout } from "../reporters/asked.js";
import { Reporting } from "../reporters/reporting.js";
import type { RunRequest } from "../run-request.js";
import { shortPath } from "../short-path.js";
import { writeWhole } from "../write-whole.js";

/** `watertight run --against COMMAND`: two builds take turns, then they are compared. @returns what to exit with. */
export async function againstCommand(request: RunRequest, against: Against, host: Host): Promise<number> {
  const others = request.reporters.filter((one) => !isComparison(one));
  const reporting = await Reporting.open(others, host);
  const live = new LiveView(host, request.progress);
  const interrupts = new Interrupts(host, () =>
    live.say("stopping: no more load, comparing what there is; once more to leave at once"),
  );
  const controls = new Controls();
  live.attend({ interrupts, controls });
  const folder = folderOf(request, host.cwd());
  const surroundings = { request, host, live, interrupts, controls, folder };
  try {
    const taken = await takeTurns(turnsOf(request, against), surroundings);
    return await conclude(taken, surroundings, reporting);
  } finally {
    live.clear();
    interrupts.release();
  }
}

/** Those that tell of the comparison in place of the runs. */
function isComparison(one: AskedReporter): boolean {
  return isForStdout(one) && (one.name === "default" || one.name === "json");
}

async function conclude(
  taken: readonly Taken[],
  surroundings: Surroundings,
  reporting: Reporting,
): Promise<number> {
  const { request, live, interrupts, folder } = surroundings;
  live.clear();
  const [before, after] = [buildOf("before", taken, surroundings), buildOf("after", taken, surroundings)];
  const comparison = comparisonOf(before, after, request.beyond);
  await save(comparison, folder);
  tell(comparison, surroundings);
  const judged = taken.filter(({ side }) => side === "after").map((one) => one.judged);
  const exitCode = codeOf(comparison, taken, interrupts);
  return reporting.end({ ...reportOfRuns(judged, surroundings), exitCode });
}

function buildOf(side: Side, taken: readonly Taken[], { host, folder }: Surroundings): Build {
  const cwd = host.cwd();
  const own = taken.filter((one) => one.side === side);
  const runs = own.map(({ judged: { record, path } }) => readRun(record, shortPath(dirname(path), cwd)));
  return { where: join(shortPath(folder, cwd), `${side}-*`), runs };
}

async function save(comparison: Comparison, folder: string): Promise<void> {
  const text = renderCompare(comparison, { colour: false, width: widthOfFiles });
  await writeWhole(join(folder, "compare.txt"), text);
  await writeWhole(join(folder, "compare.json"), renderCompareJson(comparison));
}

function tell(comparison: Comparison, { request, host }: Surroundings): void {
  const isJson = request.reporters.some((one) => isForStdout(one) && one.name === "json");
  const look = { colour: wantsColour(host, host.stdout), width: widthOf(host) };
  host.stdout.write(isJson ? renderCompareJson(comparison) : renderCompare(comparison, look));
}

/** A build that broke is no answer; a regression is one all the same. */
function codeOf({ exitCode }: Comparison, taken: readonly Taken[], interrupts: Interrupts): number {
  if (interrupts.exitCode !== undefined) return interrupts.exitCode;
  const isBroke = taken.some(({ judged }) => judged.result.verdict === "broke");
  return isBroke && exitCode !== exitCodes.fail ? exitCodes.broke : exitCode;
}

/** --out, or reports/<time>-against. */
function folderOf({ out }: RunRequest, cwd: string): string {
  if (out !== undefined) return resolve(cwd, out);
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  return join(cwd, "reports", `${stamp}-against`);
}
