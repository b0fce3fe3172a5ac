import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, release, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Problem } from "../../model/problem.js";
import type { SelftestResult, Trial, TrialResult } from "../../model/selftest.js";
import { renderSelftestJson } from "../../report/selftest-json.js";
import { renderSelftest } from "../../report/selftest.js";
import { outcomeWord, trialLabel } from "../../report/trial-text.js";
import { exitCodeOf, neverFound } from "../../selftest/exit-code.js";
import type { PlannedTrial } from "../../selftest/plan.js";
import { fitsIn } from "../../selftest/pace.js";
import { sightsOf } from "../../selftest/sights.js";
import { type Host, wantsColour } from "../host.js";
import { Interrupts } from "../interrupts.js";
import { LiveView } from "../live-view.js";
import type { Beginning } from "../live/shown.js";
import { requireLinux } from "../platform.js";
import { widthOfFiles } from "../columns.js";
import { keepProof } from "../proof-file.js";
import { parseSelftestRequest, type SelftestOptions, type SelftestRequest } from "./selftest-request.js";
import { runTrial, sizedFor } from "./selftest-trial.js";
import { toolName } from "../tool-name.js";

interface Surroundings {
  readonly request: SelftestRequest;
  readonly host: Host;
  readonly live: LiveView;
  readonly interrupts: Interrupts;
  /** Aborted by the user, or when one lane cannot go on. */
  readonly stop: AbortController;
  readonly folder: string;
  readonly sinceMs: number;
}

/** What there is so far. */
interface Ledger {
  readonly waiting: PlannedTrial[];
  readonly running: Trial[];
  readonly done: Done[];
}

interface Done {
  readonly expectedMs: number;
  readonly tookMs: number;
  readonly result: TrialResult;
}

/** `watertight selftest`: plants leaks in the reference gateway, and tells which of them were found. */
export async function selftestCommand(options: SelftestOptions, host: Host): Promise<number> {
  requireLinux(host, "selftest");
  const request = await parseSelftestRequest(options, { host, cpus: availableParallelism() });
  const live = new LiveView(host, request.progress);
  const stop = new AbortController();
  const interrupts = new Interrupts(host, () => {
    live.say("stopping: what was proven until now follows; once more to leave at once");
    stop.abort();
  });
  live.attend({ interrupts });
  const { folder, remove } = folderFor(request, host);
  try {
    return await tryAll({ request, host, live, interrupts, stop, folder, sinceMs: Date.now() });
  } finally {
    live.clear();
    interrupts.release();
    remove();
  }
}

/** The folder that was asked for, or one that is removed however the tool ends. */
function folderFor({ out }: SelftestRequest, host: Host): { folder: string; remove: () => void } {
  if (out !== undefined) return { folder: resolve(host.cwd(), out), remove: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), "watertight-selftest-"));
  const atExit = (): void => rmSync(folder, { recursive: true, force: true });
  host.on("exit", atExit);
  return {
    folder,
    remove: () => {
      host.off("exit", atExit);
      atExit();
    },
  };
}

async function tryAll(surroundings: Surroundings): Promise<number> {
  const { request } = surroundings;
  const ledger: Ledger = { waiting: [...request.plan.trials], running: [], done: [] };
  const lanes = Array.from({ length: request.lanes }, () => lane(ledger, surroundings));
  const ended = await Promise.allSettled(lanes);
  const failed = ended.find((one) => one.status === "rejected");
  if (failed === undefined) return report(ledger, surroundings);
  // What was proven before is not lost.
  if (failed.reason instanceof Problem && ledger.done.length > 0) {
    await report(ledger, surroundings, failed.reason.exitCode);
  }
  throw failed.reason;
}

/** Takes trial after trial, as long as there is time. */
async function lane(ledger: Ledger, surroundings: Surroundings): Promise<void> {
  const { request, stop, sinceMs } = surroundings;
  try {
    for (let trial = ledger.waiting.shift(); trial; trial = ledger.waiting.shift()) {
      if (stop.signal.aborted) return;
      const elapsedMs = Date.now() - sinceMs;
      const isInTime = fitsIn(trial, { givenMs: request.givenMs, elapsedMs, done: ledger.done });
      if (isInTime) await tryOne(trial, ledger, surroundings);
    }
  } catch (error) {
    // The other lane would drive a target that nobody asks for any more.
    stop.abort();
    throw error;
  }
}

async function tryOne(trial: PlannedTrial, ledger: Ledger, surroundings: Surroundings): Promise<void> {
  const { request, host, live, stop, folder } = surroundings;
  const scenario = request.scenarios.get(trial.scenario);
  if (scenario === undefined) return;
  const sinceMs = Date.now();
  const label = trialLabel(trial);
  ledger.running.push(trial);
  // There is room for one: the one that has run the longest.
  const isShown = (): boolean => ledger.running[0] === trial;
  const place = (): Beginning["place"] => ({
    number: ledger.done.length + 1,
    of: request.plan.trials.length,
  });
  let isBegun = false;
  const result = await runTrial({
    trial,
    scenario: sizedFor(scenario, trial),
    quick: true,
    outDir: join(folder, label.replaceAll(/[^\w.]+/g, "-")),
    host,
    stop: stop.signal,
    onProgress: (progress) => {
      if (!isShown()) return;
      if (!isBegun) live.follow({ scenario: label, place: place(), expectedMs: trial.expectedMs });
      isBegun = true;
      live.show({ ...progress, scenario: label });
    },
  });
  ledger.running.splice(ledger.running.indexOf(trial), 1);
  ledger.done.push({ result, expectedMs: trial.expectedMs, tookMs: Date.now() - sinceMs });
  const count = `${ledger.done.length}/${request.plan.trials.length}`;
  live.ended(`${count} ${label}: ${outcomeWord(result)}`);
}

/** Tells what there is on stdout, and keeps the proof where it is one. @returns the exit code. */
async function report(ledger: Ledger, surroundings: Surroundings, brokeWith?: number): Promise<number> {
  const { request, host, live, interrupts, sinceMs } = surroundings;
  const trials = inPlannedOrder(ledger.done, request);
  const untried = untriedOf(trials, request);
  const exitCode = interrupts.exitCode ?? brokeWith ?? exitCodeOf({ trials, untried });
  const proof = {
    tool: toolName(),
    kernel: release(),
    node: process.version,
    provenAt: new Date().toISOString(),
    sights: sightsOf(trials),
  };
  const notes = await keepProof(proof, { exitCode, env: host.env });
  const times = { givenMs: request.givenMs, durationMs: Date.now() - sinceMs };
  live.clear();
  print({ exitCode, trials, untried, neverFound: neverFound(trials), proof, notes, ...times }, surroundings);
  return exitCode;
}

function print(result: SelftestResult, { request, host }: Surroundings): void {
  if (request.reporter === "json") {
    host.stdout.write(renderSelftestJson(result));
    return;
  }
  const colour = wantsColour(host, host.stdout);
  host.stdout.write(renderSelftest(result, { colour, width: host.stdout.columns ?? widthOfFiles }));
}

function inPlannedOrder(done: readonly Done[], { plan }: SelftestRequest): TrialResult[] {
  const labels = plan.trials.map(trialLabel);
  const placeOf = ({ result }: Done): number => labels.indexOf(trialLabel(result));
  return done.toSorted((a, b) => placeOf(a) - placeOf(b)).map(({ result }) => result);
}

/** Plants that did not fit into the plan, and those that the machine was too slow for. */
function untriedOf(trials: readonly TrialResult[], { plan }: SelftestRequest): string[] {
  const planned = plan.trials.flatMap(({ plant }) => plant?.name ?? []);
  const tried = new Set(trials.map(({ plant }) => plant?.name));
  return [...new Set([...planned.filter((name) => !tried.has(name)), ...plan.untried])];
}
