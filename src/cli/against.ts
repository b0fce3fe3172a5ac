import { dirname, join, resolve } from "node:path";
import { readRun, type RunReading } from "../compare/reading.js";
import { exitCodeOf } from "../judge/exit-code.js";
import type { Comparison } from "../model/comparison.js";
import { exitCodes } from "../model/problem.js";
import type { Scenario } from "../model/scenario.js";
import { renderCompareJson } from "../report/compare-json.js";
import { renderCompare } from "../report/compare-text.js";
import type { Against } from "./against-option.js";
import { widthOf, widthOfFiles } from "./columns.js";
import { comparisonOf } from "./comparing.js";
import { type Host, wantsColour } from "./host.js";
import { Interrupts } from "./interrupts.js";
import type { Judged } from "./judged.js";
import { LiveView } from "./live-view.js";
import { repeatLine } from "./repeat.js";
import { reportOf } from "./report-of.js";
import { type AskedReporter, isForStdout } from "./reporters/asked.js";
import { Reporting } from "./reporters/reporting.js";
import type { RunRequest } from "./run-request.js";
import { saveReports } from "./save-reports.js";
import { shortPath } from "./short-path.js";
import { soakOne } from "./soak-one.js";
import { writeWhole } from "./write-whole.js";

type Side = "before" | "after";

/** One run that is due. */
interface Turn {
  readonly side: Side;
  readonly repeat: number;
  readonly scenario: Scenario;
}

interface Taken extends Turn {
  readonly judged: Judged;
}

interface Surroundings {
  readonly request: RunRequest;
  readonly host: Host;
  readonly live: LiveView;
  readonly interrupts: Interrupts;
  readonly folder: string;
}

/** `watertight run --against COMMAND`: two builds take turns, then they are compared. @returns what to exit with. */
export async function againstCommand(request: RunRequest, against: Against, host: Host): Promise<number> {
  const others = request.reporters.filter((one) => !isComparison(one));
  const reporting = await Reporting.open(others, host);
  const live = new LiveView(host, request.progress);
  const interrupts = new Interrupts(host, () =>
    live.say("stopping: no more load, comparing what there is; once more to leave at once"),
  );
  const surroundings = { request, host, live, interrupts, folder: folderOf(request, host.cwd()) };
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

/** Old, new, old, new: what changes on the machine meanwhile comes to both alike. */
function turnsOf({ scenarios }: RunRequest, against: Against): Turn[] {
  const repeats = Array.from({ length: against.repeats }, (_, index) => index + 1);
  return repeats.flatMap((repeat) =>
    scenarios.flatMap((scenario, index) => {
      const other = against.scenarios[index] ?? scenario;
      return [
        { side: "before", repeat, scenario: other } as const,
        { side: "after", repeat, scenario } as const,
      ];
    }),
  );
}

async function takeTurns(turns: readonly Turn[], surroundings: Surroundings): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (const turn of turns) {
    if (surroundings.interrupts.asked.aborted) break;
    taken.push({ ...turn, judged: await takeTurn(turn, surroundings) });
  }
  return taken;
}

async function takeTurn(turn: Turn, surroundings: Surroundings): Promise<Judged> {
  const { side, repeat, scenario } = turn;
  const { request, host, live, interrupts, folder } = surroundings;
  const own = join(folder, `${side}-${repeat}`);
  const name = `${side} ${repeat}, ${scenario.name}`;
  live.begin({ scenario: name });
  const judged = await soakOne({
    scenario,
    quick: request.quick,
    plant: side === "after" ? request.plant : undefined,
    // The builds of a pair are asked the same.
    seed: request.seed + repeat - 1,
    outDir: request.scenarios.length === 1 ? own : join(own, scenario.name),
    host,
    stop: interrupts.asked,
    onProgress: (progress) => live.show({ ...progress, scenario: name }),
  });
  const { result, path } = judged;
  live.ended(`${name}: ${result.verdict}, ${result.operations.landed} operations`);
  await saveReports(reportAll([judged], surroundings), dirname(path), (text) => host.stderr.write(text));
  return judged;
}

function reportAll(judged: readonly Judged[], { request, host, folder }: Surroundings) {
  const exitCode = exitCodeOf(
    judged.map(({ result }) => result),
    { interrupted: false },
  );
  const where = shortPath(folder, host.cwd());
  const cwd = host.cwd();
  return reportOf(judged, { cwd, exitCode, proof: undefined, repeat: repeatLine(request), where });
}

async function conclude(
  taken: readonly Taken[],
  surroundings: Surroundings,
  reporting: Reporting,
): Promise<number> {
  const { request, host, live, interrupts, folder } = surroundings;
  live.clear();
  const of = (side: Side): Taken[] => taken.filter((one) => one.side === side);
  const [before, after] = [of("before"), of("after")].map((some) => readingsOf(some, host.cwd()));
  const where = (side: Side): string => join(shortPath(folder, host.cwd()), `${side}-*`);
  const comparison = comparisonOf(
    { where: where("before"), runs: before ?? [] },
    { where: where("after"), runs: after ?? [] },
    request.beyond,
  );
  await save(comparison, folder);
  tell(comparison, surroundings);
  const judged = of("after").map((one) => one.judged);
  const told = { ...reportAll(judged, surroundings), exitCode: codeOf(comparison, taken, interrupts) };
  return reporting.end(told);
}

function readingsOf(taken: readonly Taken[], cwd: string): RunReading[] {
  return taken.map(({ judged: { record, path } }) => readRun(record, shortPath(dirname(path), cwd)));
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
