import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { usageProblem } from "../model/problem.js";
import type { Scenario } from "../model/scenario.js";
import { formatDuration, parseDuration } from "../model/units.js";
import type { CriterionId, ScenarioResult } from "../model/verdict.js";
import { writeScenario } from "../scenario/write.js";
import { shrink } from "../shrink/shrink.js";
import { requireStarted } from "./attach-option.js";
import type { Host } from "./host.js";
import { Interrupts } from "./interrupts.js";
import { type Judged, judgeRecordFile } from "./judged.js";
import { LiveView } from "./live-view.js";
import { requireLinux } from "./platform.js";
import { repeatLine } from "./repeat.js";
import { parseRunRequest, type RunRequest } from "./run-request.js";
import { shortPath } from "./short-path.js";
import { requireFlows } from "./require-flows.js";
import { soakOne } from "./soak-one.js";
import { writeWhole } from "./write-whole.js";

/** As commander leaves them. */
export interface ShrinkOptions {
  readonly out?: string;
  readonly within: string;
  readonly quick?: boolean;
  readonly plant?: string;
  readonly progress: boolean;
}

export interface ShrinkInput {
  /** A record, the folder of one, or a scenario. */
  readonly name: string;
  readonly options: ShrinkOptions;
  readonly command: readonly string[] | undefined;
  readonly host: Host;
}

/** Exit code where nothing fails, so that there is nothing to shrink. */
const nothingFails = 3;

interface Trying {
  readonly host: Host;
  readonly live: LiveView;
  readonly interrupts: Interrupts;
  readonly folder: string;
  readonly plant: string | undefined;
  readonly seed: number;
}

/** What fails, and what is known of it. */
interface Failing {
  readonly scenario: Scenario;
  readonly result: ScenarioResult;
  readonly plant: string | undefined;
  readonly command: readonly string[] | undefined;
}

/** `watertight shrink`: the smallest scenario that still fails, as a file, and the command that runs it. */
export async function shrinkCommand(input: ShrinkInput): Promise<number> {
  const { host, options } = input;
  requireLinux(host, "shrink");
  const withinMs = requireTime(options.within);
  const live = new LiveView(host, options.progress);
  const interrupts = new Interrupts(host, () =>
    live.say("stopping: what was reached until now is written; once more to leave at once"),
  );
  live.attend({ interrupts });
  const folder = mkdtempSync(join(tmpdir(), "watertight-shrink-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  host.on("exit", remove);
  try {
    const failing = await failingOf(input, { live, interrupts, folder });
    if (failing.result.verdict !== "fail") return tellNothing(failing.result, host);
    const trying = { host, live, interrupts, folder, plant: failing.plant, seed: 1 };
    return await shrinkIt(failing, trying, { withinMs, out: options.out });
  } finally {
    host.off("exit", remove);
    remove();
    live.clear();
    interrupts.release();
  }
}

function requireTime(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0) return ms;
  throw usageProblem({
    what: `--within ${text} is no time to work in`,
    fix: "write a number with s, m or h: --within 5m",
  });
}

function tellNothing({ name, verdict }: ScenarioResult, host: Host): number {
  host.stdout.write(`${name}: ${verdict}, so there is nothing to shrink\n`);
  return nothingFails;
}

type Surroundings = Pick<Trying, "live" | "interrupts" | "folder">;

/** From a record as it was, or from a scenario after a run of it. */
async function failingOf(input: ShrinkInput, surroundings: Surroundings): Promise<Failing> {
  const { name, host } = input;
  if (isRecord(name, host.cwd())) {
    const { record, result } = await judgeRecordFile(name, host.cwd());
    requireStarted(record.run);
    requireFlows(record.run.scenario);
    return { ...record.run, result, command: undefined };
  }
  const request = await requestOf(input);
  const scenario = request.scenarios[0];
  if (scenario === undefined) throw usageProblem({ what: "no scenario is named", fix: "name one" });
  requireFlows(scenario);
  surroundings.live.begin({ scenario: scenario.name });
  const { plant, seed } = request;
  const { result } = await runOne(scenario, { ...surroundings, host, plant, seed });
  return { scenario, result, plant, command: request.command };
}

function isRecord(name: string, cwd: string): boolean {
  const stats = statSync(resolve(cwd, name), { throwIfNoEntry: false });
  return stats !== undefined && (stats.isDirectory() || name.endsWith(".ndjson"));
}

function requestOf({ name, options, command, host }: ShrinkInput): Promise<RunRequest> {
  const { quick = false, plant, progress } = options;
  const words = {
    quick,
    seed: "1",
    progress,
    ...(plant === undefined ? {} : { plant }),
  };
  return parseRunRequest({ names: [name], options: words, command, host });
}

interface Aim {
  readonly withinMs: number;
  readonly out: string | undefined;
}

async function shrinkIt(failing: Failing, trying: Trying, { withinMs, out }: Aim): Promise<number> {
  const { scenario, result } = failing;
  const { host, live, interrupts } = trying;
  const sinceMs = Date.now();
  const wanted = result.findings[0]?.criterion;
  let runs = 0;
  const smallest = await shrink({
    scenario,
    suspects: suspectsOf(result),
    perOperation: rateOf(result, wanted),
    fails: async (candidate, what) => {
      const judged = await runOne(candidate, trying);
      const still = failsBy(judged.result, wanted);
      live.ended(`run ${++runs}, ${what}: ${still ? "still fails" : "does not fail"}`);
      return still;
    },
    isOver: () => interrupts.asked.aborted || Date.now() - sinceMs > withinMs,
  });
  const isWhole = !interrupts.asked.aborted && Date.now() - sinceMs <= withinMs;
  const path = resolve(host.cwd(), out ?? `${scenario.name}-shrunk.yaml`);
  const reached = `${sizeOf(smallest)}, from ${sizeOf(scenario)}`;
  const comment = `The smallest found that still fails ${wanted ?? ""}: ${reached}.`;
  await writeWhole(path, writeScenario(smallest, comment));
  live.clear();
  const time = formatDuration(Date.now() - sinceMs);
  const word = isWhole ? "cannot be made smaller" : "stopped before it was done: it may be made smaller";
  host.stdout.write(`${scenario.name}: ${reached}\n  ${runs} runs in ${time}; ${word}\n`);
  host.stdout.write(`  ${commandFor(shortPath(path, host.cwd()), failing)}\n`);
  return interrupts.exitCode ?? 0;
}

function commandFor(path: string, { scenario, plant, command }: Failing): string {
  const named = { ...scenario, path };
  const again = { scenarios: [named], quick: false, duration: undefined, plant, command, seed: 1 };
  return repeatLine(again)(scenario.name);
}

/** The flows that leak, most first; of those that cannot be told, too. */
function suspectsOf({ flows, findings }: ScenarioResult): string[] {
  const rank = { leaks: 0, unclear: 1, clean: 2 };
  const suspects = flows
    .filter(({ verdict }) => verdict !== "clean")
    .toSorted((a, b) => rank[a.verdict] - rank[b.verdict] || b.rate - a.rate)
    .map(({ flow }) => flow);
  const examples = findings.flatMap(({ by }) => by?.examples.map(({ flow }) => flow) ?? []);
  return [...new Set([...suspects, ...examples])];
}

function rateOf({ criteria, flows }: ScenarioResult, wanted: CriterionId | undefined): number | undefined {
  const [most] = flows
    .filter(({ criterion, verdict }) => criterion === wanted && verdict === "leaks")
    .toSorted((a, b) => b.rate - a.rate);
  return most?.low ?? criteria.find(({ id }) => id === wanted)?.perOperation;
}

function failsBy({ criteria, broke }: ScenarioResult, wanted: CriterionId | undefined): boolean {
  if (broke !== undefined) return false;
  return criteria.some(({ id, verdict }) => verdict === "fail" && (wanted === undefined || id === wanted));
}

function sizeOf({ flows, load }: Scenario): string {
  const used = flows.filter(({ weight }) => weight > 0);
  const steps = used.reduce((sum, flow) => sum + flow.steps.length, 0);
  const [only, ...others] = used;
  const which = only !== undefined && others.length === 0 ? `flow ${only.name}` : `${used.length} flows`;
  const amount =
    load.operations === undefined ? formatDuration(load.durationMs ?? 0) : `${load.operations} operations`;
  return `${which}, ${steps} steps, ${amount}, ${load.concurrency} at a time`;
}

function runOne(scenario: Scenario, trying: Trying): Promise<Judged> {
  const { host, live, interrupts, folder, plant, seed } = trying;
  return soakOne({
    scenario,
    quick: false,
    plant,
    seed,
    outDir: join(folder, "run"),
    // Which operation left it is not what is asked.
    sought: [],
    host,
    stop: interrupts.asked,
    onProgress: (progress) => live.show(progress),
  });
}
