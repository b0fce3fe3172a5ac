import { exitCodes, type ExitCode, messageOf, Problem } from "../model/problem.js";
import { inert } from "../report/inert.js";
import type { Host } from "./host.js";

/** Says on stderr what happened, why, and how to fix it. @returns the exit code. */
export function tell(host: Host, error: unknown): ExitCode {
  if (error instanceof Problem) {
    host.stderr.write(textOf(error));
    return error.exitCode;
  }
  // Not the user's doing: the stack belongs in the bug report.
  const stack = error instanceof Error ? error.stack : messageOf(error);
  host.stderr.write(`watertight: this is a bug in watertight, please report it\n  ${stack}\n`);
  return exitCodes.broke;
}

function textOf({ message, why, fix }: Problem): string {
  const lines = [`watertight: ${message}`];
  if (why !== undefined) lines.push(`  why: ${why.replaceAll("\n", "\n       ")}`);
  if (fix !== undefined) lines.push(`  fix: ${fix.replaceAll("\n", "\n       ")}`);
  // It may quote a file, whose text must not act on the terminal.
  return lines
    .join("\n")
    .split("\n")
    .map((line) => `${inert(line)}\n`)
    .join("");
}
