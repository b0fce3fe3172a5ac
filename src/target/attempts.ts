import { spawn } from "node:child_process";
import { messageOf } from "../model/problem.js";
import type { Ready, TargetSpec } from "../model/scenario.js";
import { fillPlaceholders, fillText } from "./command.js";
import type { LogSink } from "./logs.js";
import { sendSignal } from "./kill.js";
import { type Door, doorText, doorsOf, elsewhere, tryConnect } from "./port.js";
import { tryUrl } from "./try-url.js";

/** Asks once whether the target is ready: undefined when it is, else why not. Ends soon after an abort. */
export type Attempt = (signal: AbortSignal) => Promise<string | undefined>;

export interface AttemptOptions {
  readonly port: number;
  /** What the sessions will use: its host is the one that must answer. */
  readonly url: string;
  readonly tls?: TargetSpec["tls"];
  readonly logs: Pick<LogSink, "matched">;
  /** For a command: where and with what it runs, and who is told of its pid. */
  readonly cwd: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly onCommand: (pid: number) => void;
}

/** The one way of asking that the scenario gives. Throws a SyntaxError for a wrong pattern. */
export function attemptFor(how: Ready["how"], options: AttemptOptions): Attempt {
  const values = { port: String(options.port) };
  if (how.kind === "port")
    return (signal) => tryDoors(doorsOf(fillText(options.url, values), options.port), signal);
  if (how.kind === "socket") return (signal) => trySocket(how.path, signal);
  if (how.kind === "url") {
    const { tls } = options;
    return (signal) => tryUrl({ url: fillText(how.url, values), tls, signal });
  }
  if (how.kind === "log") return lookForLine(how.pattern, options.logs);
  return (signal) => tryCommand(fillPlaceholders(how.command, values), options, signal);
}

function lookForLine(pattern: string, logs: AttemptOptions["logs"]): Attempt {
  const matched = logs.matched(new RegExp(pattern));
  return async () => (matched() ? undefined : `no line of its output matches ${pattern}`);
}

/** Any of them will do. */
async function tryDoors(doors: readonly Door[], signal: AbortSignal): Promise<string | undefined> {
  let answer: string | undefined;
  for (const door of doors) {
    answer = await tryConnect(door, signal);
    if (answer === undefined) return undefined;
  }
  const found = await elsewhere(doors, signal);
  return found === undefined
    ? answer
    : `${answer}; but something listens on ${found}: name that in target.url`;
}

async function trySocket(path: string, signal: AbortSignal): Promise<string | undefined> {
  const answer = await tryConnect({ path }, signal);
  return answer === "ENOENT" ? `there is no socket ${doorText({ path })}` : answer;
}

function tryCommand(
  words: readonly string[],
  options: AttemptOptions,
  signal: AbortSignal,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const [name = "", ...args] = words;
    const { cwd, env } = options;
    const child = spawn(name, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env,
      detached: true,
      stdio: "ignore",
    });
    // Its group, since a shell's children would outlive the shell.
    const end = (): void => void (child.pid !== undefined && sendSignal(-child.pid, "SIGKILL"));
    signal.addEventListener("abort", end);
    child.once("error", (error) => resolve(messageOf(error)));
    child.once("exit", (code, by) => {
      signal.removeEventListener("abort", end);
      resolve(code === 0 ? undefined : `${words.join(" ")} ended with ${by ?? code}`);
    });
    if (child.pid !== undefined) options.onCommand(child.pid);
  });
}
