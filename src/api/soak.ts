import { release } from "node:os";
import { dirname, resolve } from "node:path";
import { placeOf } from "../cli/place.js";
import { requireLinux } from "../cli/platform.js";
import { readProof } from "../cli/proof-file.js";
import { repeatLine } from "../cli/repeat.js";
import { reportOf } from "../cli/report-of.js";
import { parseRunRequest, type RunRequest } from "../cli/run-request.js";
import { saveReports } from "../cli/save-reports.js";
import { soakOne } from "../cli/soak-one.js";
import { toolName } from "../cli/tool-name.js";
import { secondPass } from "../cli/why.js";
import { exitCodeOf } from "../judge/exit-code.js";
import { exitCodes, Problem, type ExitCode } from "../model/problem.js";
import type { Progress } from "../model/progress.js";
import type { ScenarioResult } from "../model/verdict.js";
import { Watcher } from "./watcher.js";
import { type ScenarioObject, writeScenarioFile } from "./scenario-file.js";

/** All of them may be left out. */
export interface SoakOptions {
  /** The scenario in its small size. */
  readonly quick?: boolean;
  /** Load for this long, in place of the scenario's own size: `10m`. */
  readonly duration?: string;
  /** Of the mix of flows, to repeat a run. A whole number; default 1. */
  readonly seed?: number;
  /** Folder for record, reports and logs; default `reports/<time>-<scenario>`. One that holds a record keeps it. */
  readonly out?: string;
  /** A leak to put into the reference gateway on purpose: `fd`, `pty:0.1`. */
  readonly plant?: string;
  /** Another server in place of the scenario's own, as words; `{port}` is filled in. */
  readonly command?: readonly string[];
  /** After a fail, run the guilty flows again to see where it is made; default false. */
  readonly why?: boolean;
  /** Aborted: no more load, and what there is is judged. */
  readonly signal?: AbortSignal;
  /** Where the run is, several times a second. What it throws ends the run. */
  readonly onProgress?: (progress: Progress) => void;
}

/** What one scenario came to. */
export interface Soaked {
  readonly result: ScenarioResult;
  /** What the command line would exit with. */
  readonly exitCode: ExitCode;
  /** Path of the record, for `judge` and `report`. */
  readonly record: string;
  /** Its folder, with report.txt, report.json and the logs of the target. */
  readonly folder: string;
}

/**
 * Starts a server, drives it through one scenario, stops it, and judges what it kept. A server that does not start
 * or dies is a result, too: its verdict is `broke`.
 * @param scenario the name of a shipped one, the path of a file, or what such a file has in it.
 * @throws Problem exit 2: it cannot be run as asked; exit 4: no Linux, or a full disk; exit 130: aborted beforehand.
 */
export async function soak(scenario: string | ScenarioObject, options: SoakOptions = {}): Promise<Soaked> {
  requireLinux(process, "soak");
  if (options.signal?.aborted === true) throw stoppedBefore();
  const cwd = process.cwd();
  if (typeof scenario === "string") return soakFile(scenario, options);
  const { out } = options;
  const { path, folder } = writeScenarioFile(scenario, (name) =>
    out === undefined ? placeOf({ out, scenarios: [] }, cwd).of(name) : resolve(cwd, out),
  );
  return soakFile(path, { ...options, out: folder });
}

async function soakFile(scenario: string, options: SoakOptions): Promise<Soaked> {
  const request = await requestOf(scenario, options);
  const watcher = new Watcher(options);
  const [only] = request.scenarios;
  if (!only) throw new Error("a request for one scenario has one");
  const { quick, plant, seed } = request;
  const outDir = placeOf(request, process.cwd()).of(only.name);
  const { stop, onProgress } = watcher;
  const asked = { scenario: only, quick, plant, seed, outDir, host: process, stop, onProgress };
  const first = await soakOne(asked);
  const judged = request.why ? await secondPass(first, { host: process, live: watcher, seed, stop }) : first;
  const { result, path: record } = judged;
  const exitCode = exitCodeOf([result], { interrupted: false });
  const cwd = process.cwd();
  const proof = await readProof(process.env, { tool: toolName(), kernel: release() });
  const folder = dirname(record);
  const told = reportOf([judged], { cwd, exitCode, proof, repeat: repeatLine(request) });
  // A page that could not be made is seen in the folder: a program's stderr is its own.
  await saveReports(told, folder, () => undefined);
  watcher.throwWhatWasThrown();
  return { result, exitCode, record, folder };
}

function requestOf(scenario: string, options: SoakOptions): Promise<RunRequest> {
  const { quick = false, seed = 1, why = false, duration, out, plant, command } = options;
  const words = {
    quick,
    seed: String(seed),
    why,
    progress: false,
    ...(duration === undefined ? {} : { duration }),
    ...(out === undefined ? {} : { out }),
    ...(plant === undefined ? {} : { plant }),
  };
  return parseRunRequest({ names: [scenario], options: words, command, host: process });
}

function stoppedBefore(): Problem {
  const text = { what: "stopped before it began", why: "its signal was aborted", fix: "hand it a fresh one" };
  return new Problem(text, exitCodes.interrupted);
}
