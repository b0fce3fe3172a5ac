import { CommanderError } from "commander";
import { exitCodes } from "../model/problem.js";
import type { Host } from "./host.js";
import { tell } from "./problems.js";
import { buildProgram } from "./program.js";

/**
 * The whole tool: parses the words, runs the command, tells what went wrong.
 * @param words the command line without node and the script.
 * @returns the exit code; see README "Exit codes".
 */
export async function main(words: readonly string[], host: Host): Promise<number> {
  ignoreClosedPipes(host);
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

/** `watertight list | head -1` closes our stdout early; that is no error of ours. */
function ignoreClosedPipes(host: Host): void {
  for (const stream of [host.stdout, host.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}
