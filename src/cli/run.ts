import { join } from "node:path";
import { exitCodeOf } from "../judge/exit-code.js";
import { usageProblem } from "../model/problem.js";
import type { Host } from "./host.js";
import { Interrupts } from "./interrupts.js";
import { LiveView } from "./live-view.js";
import { type Judged, judgeRecordFile } from "./judged.js";
import { printReport, saveReports } from "./output.js";
import { procRoot, requireLinux } from "./platform.js";
import { indexable, ownBin, standInDir, standInGoose, version } from "./paths.js";
import { type RunInput, type RunRequest, parseRunRequest } from "./run-request.js";
import { repeatLine } from "./repeat.js";
import { soak } from "../soak/run.js";
import { wallClock } from "./wall-clock.js";
import type { Scenario } from "../model/scenario.js";

interface Surroundings {
  readonly host: Host;
  readonly live: LiveView;
  readonly interrupts: Interrupts;
}

/** `watertight run`: each scenario from start to verdict, then one report. */
export async function runCommand(input: RunInput): Promise<number> {
  const { host } = input;
  requireLinux(host);
  const request = await parseRunRequest(input);
  const live = new LiveView(host, request.progress);
  const interrupts = new Interrupts(host, () =>
    live.say("stopping: no more load, judging what there is; once more to leave at once"),
  );
  try {
    return await runAll(request, { host, live, interrupts });
  } finally {
    live.clear();
    interrupts.release();
  }
}

async function runAll(request: RunRequest, surroundings: Surroundings): Promise<number> {
  const { host, live, interrupts } = surroundings;
  const judged: Judged[] = [];
  const since = new Date();
  for (const scenario of request.scenarios) {
    if (interrupts.asked.aborted) break;
    const outDir = folderFor(request, { scenario, since, cwd: host.cwd() });
    const one = await runOne(request, { scenario, outDir, ...surroundings });
    judged.push(one);
    live.done(one.result);
  }
  live.clear();
  const results = judged.map(({ result }) => result);
  const exitCode = interrupts.exitCode ?? exitCodeOf(results);
  const skipped = request.scenarios.slice(judged.length).map(({ name }) => name);
  printReport(judged, { host, exitCode, reporter: request.reporter, skipped, repeat: repeatLine(request) });
  return exitCode;
}

interface One extends Surroundings {
  readonly scenario: Scenario;
  readonly outDir: string;
}

async function runOne(request: RunRequest, one: One): Promise<Judged> {
  const { scenario, outDir, live, interrupts, host } = one;
  live.begin(scenario.name);
  const { recordPath, folder } = await soak({
    scenario,
    quick: request.quick,
    plant: request.plant,
    tool: `watertight ${version()}`,
    outDir,
    gateway: [host.execPath, ownBin, "gateway"],
    values: { goose: standInGoose, dir: indexable },
    pathAppend: [standInDir],
    seed: request.seed,
    clock: wallClock,
    procRoot,
    stop: interrupts.asked,
    onProgress: (progress) => live.show(progress),
  });
  const judged = await judgeRecordFile(recordPath);
  await saveReports(judged, { folder, repeat: repeatLine(request) });
  return judged;
}

/** Where a run goes: --out itself for one scenario, a folder in it for each of several. */
function folderFor(
  { out, scenarios }: RunRequest,
  { scenario, since, cwd }: { readonly scenario: Scenario; readonly since: Date; readonly cwd: string },
): string {
  if (out === "") throw usageProblem({ what: "--out has no folder", fix: "--out DIR" });
  if (out !== undefined) return scenarios.length === 1 ? out : join(out, scenario.name);
  const stamp = since.toISOString().slice(0, 19).replaceAll(":", "-");
  return join(cwd, "reports", `${stamp}-${scenario.name}`);
}
