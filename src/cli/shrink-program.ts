import type { Command } from "commander";
import { shrinkHelp } from "./help.js";
import { keepHeapLean } from "./lean-heap.js";
import type { ProgramContext } from "./program-context.js";
import type { ShrinkOptions } from "./shrink.js";

export function addShrink(program: Command, { host, command, finish }: ProgramContext): void {
  program
    .command("shrink")
    .summary("make the smallest scenario that still fails")
    .description("Makes the smallest scenario that still fails, and writes it as a file.")
    .usage("[options] <run> [-- COMMAND ...]")
    .argument("<run>", "the folder of a run that failed, or a scenario to be run first")
    .option("--out <file>", "where to write it (default: <scenario>-shrunk.yaml)")
    .option("--within <time>", "begin no more runs after this long", "2m")
    .option("--quick", "run a scenario in its small size first")
    .option("--plant <name[:rate]>", "put one leak into the reference gateway on purpose")
    .option("--no-progress", "no lines on stderr while it goes")
    .addHelpText("after", shrinkHelp)
    .action(async (name: string, options: ShrinkOptions) => {
      keepHeapLean();
      const { shrinkCommand } = await import("./shrink.js");
      finish(await shrinkCommand({ name, options, command, host }));
    });
}
