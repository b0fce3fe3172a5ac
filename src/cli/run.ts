import { release } from "node:os";
import { dirname } from "node:path";
import { exitCodeOf } from "../judge/exit-code.js";
import { exitCodeOfError } from "../model/problem.js";
import type { Scenario } from "../model/scenario.js";
import type { Proof } from "../model/selftest.js";
import { Controls } from "../soak/controls.js";
import {
  againstBaseline,
  type Baseline,
  baselineOf,
  graverCode,
  tellComparison,
} from "./compare/baseline.js";
import type { Host } from "./host.js";
import { Interrupts } from "./interrupts.js";
import type { Judged } from "./judged.js";
import { LiveView } from "./live-view.js";
import type { Beginning } from "./live/shown.js";
import { type Place, placeOf } from "./place.js";
import { planOf } from "./plan-of.js";
import { requireLinux } from "./platform.js";
import { warning } from "./problems.js";
import { progressEvents } from "./progress-events.js";
import { readProof } from "./proof-file.js";
import { repeatLine } from "./repeat.js";
import { reportOf } from "./report-of.js";
import { Reporting } from "./reporters/reporting.js";
import { type RunInput, type RunRequest, parseRunRequest } from "./run-request.js";
import { saveReports } from "./save-reports.js";
import { shortPath } from "./short-path.js";
import { soakOne } from "./soak-one.js";
import { toolName } from "./tool-name.js";
import { secondPass } from "./why.js";

interface Surroundings {
  readonly request: RunRequest;
  readonly host: Host;
  readonly live: LiveView;
  readonly reporting: Reporting;
  readonly interrupts: Interrupts;
  readonly controls: Controls;
  readonly place: Place;
  readonly proof: Proof | undefined;
  readonly baseline: Baseline | undefined;
}

/** `watertight run`: each scenario from start to verdict, then one report. */
export async function runCommand(input: RunInput): Promise<number> {
  const { host } = input;
  requireLinux(host, "run");
  const request = await parseRunRequest(input);
  if (request.against) {
    const { againstCommand } = await import("./compare/against.js");
    return againstCommand(request, request.against, host);
  }
  const baseline = await baselineOf(request, host.cwd());
  const reporting = await Reporting.open(request.reporters, host, { isQuiet: !request.progress });
  const live = new LiveView(host, request.progress);
  const onFirst = (): void =>
    live.say("stopping: no more load, judging what there is; once more to leave at once");
  const interrupts = new Interrupts(host, onFirst, request.attach && "the target goes on");
  const controls = new Controls();
  live.attend({ interrupts, controls });
  try {
    const proof = await readProof(host.env, { tool: toolName(), kernel: release() });
    const place = placeOf(request, host.cwd());
    return await runAll({ request, host, live, reporting, interrupts, controls, place, proof, baseline });
  } finally {
    live.clear();
    interrupts.release();
  }
}

/** What is asked and out of reach is told before an hour is spent on it. */
function warn({ request, live }: Surroundings): void {
  for (const scenario of request.scenarios) {
    const { shortfall } = planOf(scenario, request);
    if (shortfall) live.say(warning(shortfall).trimEnd());
  }
}

async function runAll(surroundings: Surroundings): Promise<number> {
  const judged: Judged[] = [];
  warn(surroundings);
  try {
    await runEach(surroundings, judged);
  } catch (error) {
    // What the scenarios before it came to is not lost.
    const exitCode = exitCodeOfError(error);
    if (judged.length > 0) await report(judged, exitCode, surroundings);
    else await surroundings.reporting.abandon(exitCode);
    throw error;
  }
  return concluded(judged, surroundings);
}

/** What it came to, and what that is against the kept runs. @returns what to exit with. */
async function concluded(judged: readonly Judged[], surroundings: Surroundings): Promise<number> {
  const { request, host, interrupts, baseline } = surroundings;
  const results = judged.map(({ result }) => result);
  const verdict = interrupts.exitCode ?? exitCodeOf(results, { interrupted: false });
  if (!baseline || judged.length === 0) return report(judged, verdict, surroundings);
  const comparison = againstBaseline(judged, baseline, host.cwd());
  const exitCode = await report(judged, graverCode(verdict, comparison.exitCode), surroundings);
  tellComparison(comparison, request, host);
  return exitCode;
}

async function runEach(surroundings: Surroundings, judged: Judged[]): Promise<void> {
  const { request, interrupts } = surroundings;
  for (const scenario of request.scenarios) {
    if (interrupts.asked.aborted) return;
    judged.push(await runOne(scenario, surroundings));
  }
}

/** @returns what to exit with. */
async function report(
  judged: readonly Judged[],
  exitCode: number,
  surroundings: Surroundings,
): Promise<number> {
  const { request, host, live, reporting, interrupts, place, proof } = surroundings;
  live.clear();
  const left = request.scenarios.slice(judged.length).map(({ name }) => name);
  const told = reportOf(judged, {
    cwd: host.cwd(),
    exitCode,
    proof,
    skipped: interrupts.asked.aborted ? left : [],
    repeat: repeatLine(request),
    where: shortPath(foldersOf(judged, place), host.cwd()),
  });
  return reporting.end(told);
}

async function runOne(scenario: Scenario, surroundings: Surroundings): Promise<Judged> {
  const { request, host, live, reporting, interrupts, controls, place, proof } = surroundings;
  const { name } = scenario;
  const tellProgress = progressEvents((event) => reporting.event(event));
  live.begin(beginningOf(scenario, request));
  reporting.event({ type: "start", atMs: Date.now(), scenario: name });
  const first = await soakOne({
    scenario,
    quick: request.quick,
    plant: request.plant,
    seed: request.seed,
    attach: request.attach,
    outDir: place.of(name),
    host,
    controls,
    stop: interrupts.asked,
    onProgress: (progress) => {
      live.show(progress);
      tellProgress(progress);
    },
    onLook: (look) => reporting.event({ ...look, scenario: name }),
  });
  live.done(first.result);
  const why = { host, live, controls, seed: request.seed, stop: interrupts.asked };
  const judged = request.why ? await secondPass(first, why) : first;
  const { result } = judged;
  reporting.event({ type: "verdict", atMs: Date.now(), scenario: name, result });
  const exitCode = exitCodeOf([result], { interrupted: false });
  const told = reportOf([judged], { cwd: host.cwd(), exitCode, proof, repeat: repeatLine(request) });
  await saveReports(told, dirname(judged.path), (text) => host.stderr.write(text));
  return judged;
}

function beginningOf(scenario: Scenario, request: RunRequest): Beginning {
  const { scenarios } = request;
  const number = scenarios.indexOf(scenario) + 1;
  const expectedMs = (one: Scenario): number => planOf(one, request).plan.planned.totalMs;
  return {
    scenario: scenario.name,
    place: scenarios.length > 1 ? { number, of: scenarios.length } : undefined,
    expectedMs: expectedMs(scenario),
    thenMs: scenarios.slice(number).reduce((sum, one) => sum + expectedMs(one), 0),
    isPausable: scenario.load.engine?.kind !== "external",
  };
}

/** One run's own folder, which need not be the one that was asked for: that may have held a record already. */
function foldersOf(judged: readonly Judged[], place: Place): string {
  const [only, ...others] = judged;
  return only === undefined || others.length > 0 ? place.shown : dirname(only.path);
}
