import type { Command } from "commander";
import type { InitWords } from "./init.js";
import type { ProgramContext } from "../program-context.js";

const initHelp = `
Examples:
  watertight init                              asks four questions at most
  watertight init --yes                        asks none: what was seen is taken
  watertight init my-server --force            writes over what is there
  watertight init --template                   a demo to start from

It looks at package.json, go.mod, Python files, Procfile, Dockerfile, Compose
files and open ports, writes watertight.yaml and a CI job, and tries them: the
server is started once, and driven with a few sessions. What is there already
is never written over without --force.

Exit codes:
  0  written, and the trial went well
  2  nothing to start was found, or a file is there already: nothing is written
  3  written, but the trial did not go well: it says what is missing
  4  a file could not be written: none of them is
  130, 143  interrupted: nothing is written
`;

/** Declares `watertight init`. */
export function addInit(program: Command, { host, finish }: ProgramContext): void {
  program
    .command("init")
    .summary("write a first scenario and a CI job for the server in a folder")
    .description("Writes a first scenario and a CI job for the server in a folder, and tries them.")
    .argument("[dir]", "the folder (default: this one)")
    .option("-y, --yes", "ask nothing: take what was seen")
    .option("--force", "write over files that are there")
    .option("--template", "the shipped demo, where there is no server yet")
    .option("--no-try", "do not start the server")
    .addHelpText("after", initHelp)
    .action(async (dir: string | undefined, words: InitWords) => {
      const { initCommand } = await import("./init.js");
      finish(await initCommand({ dir: dir ?? ".", words, host }));
    });
}
