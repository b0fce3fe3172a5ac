import type { Command } from "commander";
import { defaultHistory } from "./history-folder.js";
import type { NightlyWords } from "./nightly-request.js";
import { formatOption, type ProgramContext } from "../program-context.js";

export const nightlyHelp = `
Examples:
  watertight nightly                           what nightly.yaml says
  watertight nightly suite.yaml --budget 2h    what fits into two hours
  watertight nightly --quick --no-why          a first look

Each run is an entry of the history as soon as it has ended, and has a folder of
its own below --out. Ctrl-C ends the night early: what has run is kept, and the
index is written; twice leaves at once.

Exit codes:
  0  nothing leaks that counts
  1  something leaks; what is in quarantine does not count
  2  wrong words on the command line, in the suite or in a scenario
  3  inconclusive or unchecked, none failed
  4  a target or the environment broke, or the history could not be written
  130, 143  interrupted
`;

/** Declares `watertight nightly`. */
export function addNightly(program: Command, { host, finish }: ProgramContext): void {
  program
    .command("nightly")
    .summary("run a suite and say since when something leaks")
    .description("Runs a suite, adds each run to a history, and writes the index of all nights.")
    .argument("[suite]", "the suite file", "nightly.yaml")
    .option("--history <dir>", `folder of the history (default: ${defaultHistory})`)
    .option("--out <dir>", "folder for the index and the runs", "reports/nightly")
    .option("--budget <time>", "time for this night, e.g. 2h, in place of the suite's own")
    .option("--quick", "every scenario in its small size")
    .option("--why", "after a fail, run the guilty flow again (default: on, off in CI)")
    .option("--no-why", "no second pass after a fail")
    .addOption(formatOption())
    .option("--no-progress", "no live line on stderr")
    .addHelpText("after", nightlyHelp)
    .action(async (suite: string, words: NightlyWords) => {
      const { nightlyCommand } = await import("./nightly.js");
      finish(await nightlyCommand(suite, words, host));
    });
}
