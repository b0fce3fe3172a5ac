import type { Command } from "commander";
import type { DoctorWords } from "./doctor.js";
import { formatOption, type ProgramContext } from "./program-context.js";

const doctorHelp = `
Examples:
  watertight doctor                            what can be seen here
  watertight doctor --reporter json            for a machine
  watertight doctor --no-cost                  without measuring: at once

For each gap it says what that costs in verdicts, and how to mend it. What a
look costs is measured on a few helpers of its own, which it ends again.

Exit codes:
  0  all six criteria can be judged on this machine
  2  wrong words on the command line
  3  some cannot: it says which, and how to mend it
`;

/** Declares `watertight doctor`. */
export function addDoctor(program: Command, { host, finish }: ProgramContext): void {
  program
    .command("doctor")
    .summary("what this machine can see, and what each gap costs")
    .description("Says what this machine can see, what each gap costs in verdicts, and how to mend it.")
    .addOption(formatOption())
    .option("--out <dir>", "folder that runs would write to", "reports")
    .option("--no-cost", "do not measure what a look costs")
    .addHelpText("after", doctorHelp)
    .action(async (words: DoctorWords) => {
      const { doctorCommand } = await import("./doctor.js");
      finish(await doctorCommand(words, host));
    });
}
