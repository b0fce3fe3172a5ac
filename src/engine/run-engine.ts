import { type ChildProcess, spawn } from "node:child_process";
import { brokeProblem } from "../model/problem.js";
import { LastBytes } from "./last-bytes.js";

/** A summary is at the end; a JSON report on stdout has to fit as a whole. */
const mostStdoutBytes = 1024 ** 2;
const mostStderrBytes = 256 * 1024;
/** The last of the output may come after the exit; somebody who outlives it may hold the pipe for ever. */
const outputWithinMs = 200;

export interface EngineRun {
  readonly words: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Told its pid, once it runs. */
  readonly onStart: (pid: number) => void;
  /** Ends all that it started, politely where `gracious`; resolves when they are gone. */
  readonly endTree: (gracious: boolean) => Promise<void>;
  readonly withinMs: number;
  /** The user wants the load to stop. */
  readonly signal: AbortSignal;
}

export interface EngineEnd {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
  readonly exitSignal: string | null;
  /** It had to be ended: it took longer than it may, or the load was to stop. */
  readonly ended: "by itself" | "overdue" | "stopped";
}

/**
 * Runs a load generator to its end, in a session of its own, with stdin from /dev/null. Nobody whom it started outlives
 * the call.
 * @throws Problem exit 4 when it cannot be started.
 */
export async function runEngine(run: EngineRun): Promise<EngineEnd> {
  const [file = "", ...args] = run.words;
  const child = spawn(file, args, { detached: true, env: run.env, stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: new LastBytes(mostStdoutBytes), stderr: new LastBytes(mostStderrBytes) };
  child.stdout.on("data", (part: Buffer) => output.stdout.push(part));
  child.stderr.on("data", (part: Buffer) => output.stderr.push(part));
  const exited = exitOf(child);
  if (child.pid !== undefined) run.onStart(child.pid);
  const closed = new Promise<void>((resolve) => void child.once("close", () => resolve()));
  const ended = await untilOver(exited, run);
  const { code, signal } = await exited;
  await run.endTree(false);
  await Promise.race([closed, after(outputWithinMs)]);
  child.stdout.destroy();
  child.stderr.destroy();
  const texts = { stdout: output.stdout.text(), stderr: output.stderr.text() };
  return { ...texts, exitCode: code, exitSignal: signal, ended };
}

interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

function exitOf(child: ChildProcess): Promise<Exit> {
  const exited = new Promise<Exit>((resolve, reject) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", (error: NodeJS.ErrnoException) => reject(notStarted(child.spawnfile, error)));
  });
  // It is awaited a little later.
  exited.catch(() => undefined);
  return exited;
}

/** Waits for its exit; brings that about where it does not come in time, or is wanted earlier. */
async function untilOver(exited: Promise<Exit>, run: EngineRun): Promise<EngineEnd["ended"]> {
  const settled = new AbortController();
  const overdue = waitFor(settled.signal, (done) => {
    const timer = setTimeout(done, run.withinMs);
    return () => clearTimeout(timer);
  });
  const stopped = waitFor(settled.signal, (done) => {
    run.signal.addEventListener("abort", done);
    if (run.signal.aborted) done();
    return () => run.signal.removeEventListener("abort", done);
  });
  const itself = exited.then(() => "by itself" as const);
  try {
    const why = await Promise.race([
      itself,
      overdue.then(() => "overdue" as const),
      stopped.then(() => "stopped" as const),
    ]);
    if (why !== "by itself") await run.endTree(true);
    return why;
  } finally {
    settled.abort();
  }
}

/** Settles when `begin`'s callback is called; what `begin` returns undoes it, once nobody waits any more. */
function waitFor(over: AbortSignal, begin: (done: () => void) => () => void): Promise<void> {
  return new Promise((resolve) => {
    const undo = begin(resolve);
    over.addEventListener("abort", undo, { once: true });
  });
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}

function notStarted(file: string, error: NodeJS.ErrnoException): Error {
  const isMissing = error.code === "ENOENT";
  return brokeProblem(
    {
      what: `cannot start the engine ${file}`,
      why: isMissing ? `there is no program of that name in PATH` : (error.code ?? error.message),
      fix: "install it, or correct load.command in the scenario file",
    },
    error,
  );
}
