import { exitCodes, type ExitCode, messageOf, Problem, type ProblemText } from "../model/problem.js";
import { inert } from "../report/inert.js";
import type { Host } from "./host.js";

/** Says on stderr what happened, why, and how to fix it. @returns the exit code. */
export function tell(host: Host, error: unknown): ExitCode {
  if (error instanceof Problem) {
    const { message, why, fix } = error;
    host.stderr.write(textOf({ what: message, why, fix }));
    return error.exitCode;
  }
  // Not the user's doing: the stack belongs in the bug report.
  const stack = error instanceof Error ? error.stack : messageOf(error);
  host.stderr.write(`watertight: this is a bug in watertight, please report it\n  ${stack}\n`);
  return exitCodes.broke;
}

/** The same for what keeps nothing from going on. */
export function warning({ what, why, fix }: ProblemText): string {
  return textOf({ what: `warning: ${what}`, why, fix });
}

function textOf({ what, why, fix }: ProblemText): string {
  const lines = [`watertight: ${what}`];
  if (why !== undefined) lines.push(`  why: ${why.replaceAll("\n", "\n       ")}`);
  if (fix !== undefined) lines.push(`  fix: ${fix.replaceAll("\n", "\n       ")}`);
  // It may quote a file, whose text must not act on the terminal.
  return lines
    .join("\n")
    .split("\n")
    .map((line) => `${inert(line)}\n`)
    .join("");
}
