import type { Clock } from "../model/clock.js";
import { brokeProblem, exitCodes, messageOf, Problem, usageProblem } from "../model/problem.js";
import type { Ready } from "../model/scenario.js";
import { formatDuration } from "../model/units.js";
import { type Attempt, type AttemptOptions, attemptFor } from "./attempts.js";
import type { ExitInfo } from "./exit-info.js";
import type { LogSink } from "./logs.js";

const pollMs = 30;
/** Lines of the target's output that a Problem shows. */
const shownLines = 10;
/** Output may arrive a little after the exit of who wrote it. */
const lastOutputMs = 200;

export interface ReadyOptions extends AttemptOptions {
  readonly ready: Ready;
  readonly logs: LogSink;
  readonly exited: Promise<ExitInfo>;
  /** What lives on of a command that exited with 0; undefined while that runs. */
  readonly leftBehind: () => readonly string[] | undefined;
  readonly clock: Clock;
  /** Called at every poll. */
  readonly onPoll: () => void;
  /** Told why it is not ready yet, at every poll that found it so. */
  readonly onWait?: ((reason: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Why there is no use in asking on. */
type Over = "late" | "interrupted" | ExitInfo;

/** Resolves once the target is ready; rejects with a Problem when it exits before, or is late. */
export async function untilReady(options: ReadyOptions): Promise<void> {
  const attempt = attemptOf(options);
  const over = new AbortController();
  let why: Over | undefined;
  const end = (reason: Over): void => {
    why ??= reason;
    over.abort();
  };
  const interrupt = (): void => end("interrupted");
  if (options.signal?.aborted) interrupt();
  options.signal?.addEventListener("abort", interrupt);
  void options.exited.then(end);
  void options.clock.sleep(options.ready.withinMs, over.signal).then(() => end("late"));
  try {
    const reason = await ask(attempt, options, over.signal);
    if (why !== undefined) throw await notReady(options, why, reason);
  } finally {
    options.signal?.removeEventListener("abort", interrupt);
    over.abort();
  }
}

/** Asks until the answer is yes or the time is over; returns the last reason for a no. */
async function ask(attempt: Attempt, options: ReadyOptions, over: AbortSignal): Promise<string | undefined> {
  let reason: string | undefined = "it was not asked";
  while (!over.aborted) {
    // What cannot even be asked, e.g. a URL that is none, throws.
    const answer = await attempt(over).catch(messageOf);
    options.onPoll();
    if (answer === undefined) return undefined;
    if (over.aborted) break;
    reason = answer;
    options.onWait?.(answer);
    await options.clock.sleep(pollMs, over);
  }
  return reason;
}

function attemptOf(options: ReadyOptions): Attempt {
  try {
    return attemptFor(options.ready.how, options);
  } catch (error) {
    const fix = "correct target.ready in the scenario file";
    throw usageProblem({
      what: "the pattern that tells when the target is ready is wrong",
      why: messageOf(error),
      fix,
    });
  }
}

async function notReady(options: ReadyOptions, over: Over, reason: string | undefined): Promise<Problem> {
  if (over === "interrupted")
    return new Problem({ what: "interrupted before the target was ready" }, exitCodes.interrupted);
  await Promise.race([options.logs.ended, options.clock.sleep(lastOutputMs)]);
  const late = over === "late";
  const what = late
    ? `the target was not ready within ${formatDuration(options.ready.withinMs)}`
    : howItExited(over);
  const lines = options.logs.tail(shownLines);
  const said = lines.length > 0 ? `its last output:\n${lines.join("\n")}` : "it printed nothing";
  const left = leftText(options, late);
  return brokeProblem({
    what,
    why: [...(late && reason ? [reason] : []), ...left, said].join("; "),
    fix: fixFor(options, over),
  });
}

function howItExited({ code, signal }: ExitInfo): string {
  if (code === null && signal === null)
    return "what the target's command left behind ended before it was ready";
  const how = signal === null ? `exited with code ${code}` : `was ended by ${signal}`;
  return `the target ${how} before it was ready`;
}

/** Of a command that exited with 0, as those do that leave a server in the background. */
function leftText({ leftBehind, port, ready }: ReadyOptions, late: boolean): string[] {
  const left = leftBehind();
  if (left === undefined) return [];
  if (!late) return ["it left no process behind"];
  return [
    `its command exited with code 0 and left ${left.join(", ") || "nothing"}, of which none listens ${placeText(ready, port)}`,
  ];
}

function fixFor({ logs, ready }: ReadyOptions, over: Exclude<Over, "interrupted">): string {
  const output = `see all of its output in ${logs.stdoutPath} and ${logs.stderrPath}`;
  if (over === "late") {
    const longer = `ready: {within: ${formatWithin(ready.withinMs * 3)}}`;
    return `give it longer (${longer}) or another sign in target.ready, or ${output}`;
  }
  if (over.code !== 0) return output;
  return `start the server itself, in the foreground: one that another program starts (systemctl, docker) is not a child of watertight; or ${output}`;
}

function placeText({ how }: Ready, port: number): string {
  return how.kind === "socket" ? `at ${how.path}` : `on port ${port}`;
}

/** As a scenario file has it. */
function formatWithin(ms: number): string {
  return ms >= 1000 ? `${Math.ceil(ms / 1000)}s` : `${ms}ms`;
}
