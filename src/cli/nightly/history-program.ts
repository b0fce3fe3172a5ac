import { Command, Option } from "commander";
import { defaultHistory } from "./history-folder.js";
import type { HistoryWords, PruneWords } from "./history.js";
import type { Host } from "../host.js";
import { formatOption, type ProgramContext } from "../program-context.js";
import { usageText } from "../usage-text.js";

export const historyHelp = `
Examples:
  watertight history list                      the nights
  watertight history show                      what leaks, and since when
  watertight history show gateway/goose-churn  one of them, night by night
  watertight history import artifacts/         what other machines have run
  watertight history prune --keep 400

Exit codes:
  0  done
  2  wrong words on the command line, or nothing of that name
  4  the history could not be read or written; nothing is lost
`;

/** Declares `watertight history` and what is below it. */
export function addHistory(program: Command, { host, finish }: ProgramContext): void {
  const history = program
    .command("history")
    .summary("look at the nights that have run, import and prune them")
    .description("Looks at the history that nightly writes.")
    .helpCommand(false)
    .addHelpText("after", historyHelp);
  add(history, host, "list")
    .summary("a line for each night")
    .description("Lists the nights, the last one first.")
    .action(async (words: HistoryWords) => finish(await (await load()).listHistory(words, host)));
  add(history, host, "show")
    .summary("what leaks, and since when")
    .description("Shows what leaks, since when, and between which commits.")
    .argument("[name]", "one target/scenario, night by night")
    .action(async (name: string | undefined, words: HistoryWords) =>
      finish(await (await load()).showHistory(name, words, host)),
    );
  add(history, host, "import")
    .summary("add the entries of other histories")
    .description("Adds the entries of other histories. What is there already is not added again.")
    .argument("<path...>", "history folders, files of them, or folders that have some below them")
    .action(async (paths: string[], words: HistoryWords) =>
      finish(await (await load()).importInto(paths, words, host)),
    );
  add(history, host, "prune")
    .summary("remove old nights")
    .description("Removes old nights from the history.")
    .addOption(new Option("--keep <nights>", "keep so many nights, the last ones").conflicts("before"))
    .option("--before <date>", "remove the nights before this one, YYYY-MM-DD")
    .action(async (words: PruneWords) => finish(await (await load()).pruneOld(words, host)));
}

async function load(): Promise<typeof import("./history.js")> {
  return import("./history.js");
}

function add(history: Command, host: Host, name: string): Command {
  return history
    .command(name)
    .option("--history <dir>", "folder of the history", defaultHistory)
    .addOption(formatOption())
    .configureOutput({
      outputError: (text, write) => write(usageText(text, `watertight history ${name}`)),
      writeErr: (text) => host.stderr.write(text),
    });
}
