import type { Command } from "commander";
import { selftestHelp } from "../help.js";
import { keepHeapLean } from "../lean-heap.js";
import { type ProgramContext, formatOption } from "../program-context.js";
import type { SelftestOptions } from "./selftest-request.js";

/** The command and its options. */
export function addSelftest(program: Command, { host, finish }: ProgramContext): void {
  program
    .command("selftest")
    .summary("prove on this machine that planted leaks are found")
    .description("Plants leaks in the reference gateway, and sees whether they are found.")
    .option("--for <time>", "the time that it may take", "2m")
    .option("--plants <names>", "only these, with commas between; see watertight list")
    .option("--out <dir>", "folder to keep the records in (default: none is kept)")
    .addOption(formatOption())
    .option("--no-progress", "no live line on stderr")
    .addHelpText("after", selftestHelp)
    .action(async (options: SelftestOptions) => {
      keepHeapLean();
      const { selftestCommand } = await import("./selftest.js");
      finish(await selftestCommand(options, host));
    });
}
