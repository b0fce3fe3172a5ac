import { spawn } from "node:child_process";
import { get } from "node:http";
import { messageOf } from "../model/problem.js";
import type { Ready } from "../model/scenario.js";
import { fillPlaceholders, fillText } from "./command.js";
import type { LogSink } from "./logs.js";
import { sendSignal } from "./kill.js";
import { tryConnect } from "./port.js";

/** Asks once whether the target is ready: undefined when it is, else why not. Ends soon after an abort. */
export type Attempt = (signal: AbortSignal) => Promise<string | undefined>;

export interface AttemptOptions {
  readonly port: number;
  readonly logs: Pick<LogSink, "matched">;
  /** For a command: where and with what it runs, and who is told of its pid. */
  readonly cwd: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly onCommand: (pid: number) => void;
}

/** A target that accepts a request and then does not answer must not use up all the time there is. */
const answerWithinMs = 1000;

/** The one way of asking that the scenario gives. Throws a SyntaxError for a wrong pattern. */
export function attemptFor(how: Ready["how"], options: AttemptOptions): Attempt {
  const values = { port: String(options.port) };
  if (how.kind === "port") return (signal) => tryConnect(options.port, signal);
  if (how.kind === "url") return (signal) => tryUrl(fillText(how.url, values), signal);
  if (how.kind === "log") return lookForLine(how.pattern, options.logs);
  return (signal) => tryCommand(fillPlaceholders(how.command, values), options, signal);
}

function lookForLine(pattern: string, logs: AttemptOptions["logs"]): Attempt {
  const matched = logs.matched(new RegExp(pattern));
  return async () => (matched() ? undefined : `no line of its output matches ${pattern}`);
}

function tryUrl(url: string, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer: string | undefined;
    // A connection of its own, closed afterwards, so that none is left in the target.
    const request = get(url, { agent: false, timeout: answerWithinMs }, (response) => {
      const status = response.statusCode ?? 0;
      answer = status >= 200 && status < 300 ? undefined : `${url} answered ${status}`;
      request.destroy();
    });
    const giveUp = (): void => void request.destroy(new Error(`no answer from ${url}`));
    signal.addEventListener("abort", giveUp);
    request.once("timeout", giveUp);
    request.on("error", (error) => {
      answer = messageOf(error);
    });
    request.once("close", () => {
      signal.removeEventListener("abort", giveUp);
      resolve(answer);
    });
  });
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
