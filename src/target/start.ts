import { type ChildProcessByStdio, spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { brokeProblem } from "../model/problem.js";
import type { Limits, TargetSpec } from "../model/scenario.js";
import type { Cgroup } from "./cgroup.js";
import { fillText } from "./command.js";
import { shellPrefix } from "./shell-prefix.js";

/** The environment variable that marks every process of a run. */
export const markerName = "WATERTIGHT_RUN";

export type TargetProcess = ChildProcessByStdio<null, Readable, Readable>;

export interface StartOptions {
  readonly words: readonly string[];
  readonly cwd: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly limits: Limits;
  readonly cgroup: Cgroup | undefined;
}

/** What the target's environment is made of. */
export interface EnvOptions {
  readonly spec: TargetSpec;
  readonly port: number;
  readonly pathAppend: readonly string[];
}

/** The tool's environment with the scenario's over it, `{port}` filled in. */
export function targetEnv({ spec, port, pathAppend }: EnvOptions): NodeJS.ProcessEnv {
  const own = Object.entries(spec.env).map(([name, value]) => [
    name,
    fillText(value, { port: String(port) }),
  ]);
  const env: NodeJS.ProcessEnv = { ...process.env, ...Object.fromEntries(own) };
  const path = [env["PATH"] ?? "", ...pathAppend].filter(Boolean).join(delimiter);
  return { ...env, PATH: path };
}

/**
 * A random inspector port on the loopback, for when Node is asked to open one (SIGUSR1). An alias of --inspect-port: where
 * `cluster` reads that or `--debug-port`, it gives each worker the next higher port, and 1 is one that Node refuses to start with.
 */
const inspectorOption = "--debug_port=127.0.0.1:0";

/** Has Go note the stack in which a goroutine is started, for its dumps; other runtimes do not know the variable. */
function tracedGo(own: string | undefined): string {
  return [own, "tracebackancestors=1"].filter(Boolean).join(",");
}

/**
 * The marker, and where the inspector of a Node target is to listen; with a preload, for a second pass, the creation sites
 * of Node and of Go. What the user's own NODE_OPTIONS and GODEBUG ask for stays.
 */
export function markedEnv(
  env: NodeJS.ProcessEnv,
  { runId, preload }: { readonly runId: string; readonly preload?: string | undefined },
): NodeJS.ProcessEnv {
  const ours = [inspectorOption, ...(preload === undefined ? [] : [`--import=${preload}`])];
  const nodeOptions = [env["NODE_OPTIONS"] ?? "", ...ours].filter(Boolean).join(" ");
  const traced = preload === undefined ? {} : { GODEBUG: tracedGo(env["GODEBUG"]) };
  return { ...env, ...traced, NODE_OPTIONS: nodeOptions, [markerName]: runId };
}

/**
 * Starts the command in a session of its own, so that a terminal's Ctrl-C does not reach it, with stdin from
 * /dev/null. Throws a Problem where the command or its folder is not there.
 */
export function start(options: StartOptions): TargetProcess {
  const { words, env } = options;
  checkFolder(options.cwd);
  checkCommand(options);
  const [command = "", ...args] = [...shellPrefix(options), ...words];
  const cwd = options.cwd === undefined ? {} : { cwd: options.cwd };
  return spawn(command, args, { ...cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
}

function checkFolder(cwd: string | undefined): void {
  if (cwd === undefined || isFolder(cwd)) return;
  throw brokeProblem({
    what: `the target's folder ${cwd} is not there`,
    why: "cwd of the scenario must be a folder",
    fix: "correct target.cwd in the scenario file",
  });
}

function checkCommand({ words, cwd, env }: StartOptions): void {
  const [name = ""] = words;
  const folders = name.includes("/") ? [""] : (env["PATH"] ?? "").split(delimiter);
  const paths = folders.map((folder) => resolve(cwd ?? ".", join(folder, name)));
  if (paths.some(isExecutable)) return;
  const found = paths.find(isFile);
  throw brokeProblem({
    what: `cannot start the target: ${name || "its command is empty"}`,
    why: found
      ? `${found} is not executable`
      : `${name.includes("/") ? paths[0] : `${name} in PATH`}: no such file`,
    fix: found ? `chmod +x ${found}` : "correct target.command in the scenario file, or install the program",
  });
}

function isExecutable(path: string): boolean {
  return isFile(path) && holds(() => accessSync(path, constants.X_OK) === undefined);
}

function isFile(path: string): boolean {
  return holds(() => statSync(path).isFile());
}

function isFolder(path: string): boolean {
  return holds(() => statSync(path).isDirectory());
}

/** A path that cannot be looked at (no such file, no permission, a file for a folder) holds nothing. */
function holds(look: () => boolean): boolean {
  try {
    return look();
  } catch {
    return false;
  }
}
