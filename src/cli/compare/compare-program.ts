import { type Command, Option } from "commander";
import type { CompareWords } from "./compare.js";
import { type ProgramContext, repeatable } from "../program-context.js";

export const compareHelp = `
Examples:
  watertight compare reports/old reports/new
  watertight compare old-1,old-2 new-1,new-2   repeats by name
  watertight compare old new --beyond "fds: 1 per 250 operations"
  watertight compare old new --reporter markdown

BEFORE and AFTER are each a record, the folder of a run, a folder with runs in
it (its repeats, and its scenarios), or several of these with commas between.

Exit codes:
  0  nothing got worse, or no more than what --beyond allows
  1  a regression: surely worse, and beyond what is allowed
  2  wrong words on the command line, or no record
  3  nothing could be compared, or too little to tell what --beyond states
`;

/** Declares `watertight compare`. */
export function addCompare(program: Command, { host, finish }: ProgramContext): void {
  program
    .command("compare")
    .summary("say what two builds leave behind, and whether it got worse")
    .description("Compares the records of two builds: what each leaves per operation, and what differs.")
    .argument("<before>", "runs of the old build")
    .argument("<after>", "runs of the new build")
    .addOption(beyondOption())
    .addOption(
      new Option("--reporter <name>", "what goes to stdout")
        .choices(["default", "json", "markdown"])
        .default("default"),
    )
    .addHelpText("after", compareHelp)
    .action(async (before: string, after: string, options: CompareWords) => {
      const { compareCommand } = await import("./compare.js");
      finish(await compareCommand({ before, after, options }, host));
    });
}

/** Of the commands that compare. */
export function beyondOption(): Option {
  return repeatable("--beyond <rate>", "more than this is a regression, e.g. 1 per 250 (repeatable)");
}
