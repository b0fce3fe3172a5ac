import type { Command } from "commander";
import { formatOption, type ProgramContext } from "./program-context.js";

const explainHelp = `
Examples:
  watertight explain                           the words there are
  watertight explain fds                       a criterion
  watertight explain 3                         an exit code
  watertight explain warm-up                   a shape
  watertight explain file descriptor /dev/ptmx a finding, as the report has it

Exit codes:
  0  the page is printed
  2  there is no such word
`;

/** Declares `watertight explain`. */
export function addExplain(program: Command, { host, finish }: ProgramContext): void {
  program
    .command("explain")
    .summary("what a word of a report means, and what to do")
    .description("Prints the page of the manual for a word of a report.")
    .argument("[word...]", "a criterion, verdict, exit code, shape, finding or note")
    .addOption(formatOption())
    .addHelpText("after", explainHelp)
    .action(async (words: string[], options: { readonly reporter: string }) => {
      const { explainCommand } = await import("./explain-word.js");
      explainCommand(words.join(" "), options, host);
      finish(0);
    });
}
