import { CommanderError } from "commander";
import { setImmediate as nextTurn } from "node:timers/promises";
import { brokeProblem, exitCodes } from "../model/problem.js";
import { bisectCode, bisectOption } from "./bisect.js";
import type { Host } from "./host.js";
import { tell } from "./problems.js";
import { buildProgram } from "./program.js";

/**
 * The whole tool: parses the words, runs the command, tells what went wrong.
 * @param words the command line without node and the script.
 * @returns the exit code; see README "Exit codes".
 */
export async function main(words: readonly string[], host: Host): Promise<number> {
  const output = watchOutput(host);
  // Node's own exit code for these is 1, which would say that something leaks.
  const codeOf = isForBisect(words) ? bisectCode : (code: number) => code;
  const onBug = (error: unknown): void => host.exit(codeOf(tell(host, error)));
  host.on("uncaughtException", onBug);
  try {
    const exitCode = await runWords(words, host);
    // What became of the last write is told in the next turn.
    await nextTurn();
    return codeOf(output.failure === undefined ? exitCode : tell(host, cannotPrint(output.failure)));
  } finally {
    host.off("uncaughtException", onBug);
  }
}

/** Also where the words cannot be understood: that, too, must end a bisection. */
function isForBisect(words: readonly string[]): boolean {
  const split = words.indexOf("--");
  return words.slice(0, split === -1 ? undefined : split).includes(bisectOption);
}

async function runWords(words: readonly string[], host: Host): Promise<number> {
  const split = words.indexOf("--");
  const own = split === -1 ? words : words.slice(0, split);
  const command = split === -1 ? undefined : words.slice(split + 1);
  let exitCode: number = exitCodes.pass;
  const program = buildProgram({ host, command, finish: (code) => (exitCode = code) });
  try {
    await program.parseAsync(own, { from: "user" });
    return exitCode;
  } catch (error) {
    // Commander has already printed its message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.pass : exitCodes.usage;
    return tell(host, error);
  }
}

/**
 * `watertight list | head -1` closes our stdout early; that is no error of ours. A disk that is full is one,
 * on stdout; a verdict is not lost with the progress on stderr.
 */
function watchOutput(host: Host): { failure: Error | undefined } {
  const output: { failure: Error | undefined } = { failure: undefined };
  host.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") output.failure = error;
  });
  host.stderr.on("error", () => undefined);
  return output;
}

function cannotPrint(error: Error): Error {
  return brokeProblem(
    { what: "cannot write to stdout", why: error.message, fix: "free some space, or send it elsewhere" },
    error,
  );
}
