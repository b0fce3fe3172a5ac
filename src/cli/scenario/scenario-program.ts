import type { Command } from "commander";
import { formatOption, type ProgramContext } from "../program-context.js";

const scenarioHelp = `
Examples:
  watertight scenario lint watertight.yaml     all that is wrong, with its line
  watertight scenario format *.yaml            write them in one way
  watertight scenario format --check *.yaml    for CI: say which are not
  watertight scenario schema > schema.json     for an editor

Exit codes:
  0  nothing is wrong; warnings may be there
  2  a mistake in a file, one that is not formatted (--check), or no such file
  4  a file could not be written
`;

/** Declares `watertight scenario lint|format|schema`. */
export function addScenario(program: Command, { host, finish }: ProgramContext): void {
  const scenario = program
    .command("scenario")
    .summary("lint or format scenario files, or print their schema")
    .description("Lints or formats scenario files, or prints their schema.")
    .helpCommand(false)
    .addHelpText("after", scenarioHelp);
  scenario
    .command("lint")
    .description("Says all that is wrong in scenario files, and what is most likely not meant.")
    .argument("<file...>", "scenario files, or names of shipped ones")
    .addOption(formatOption())
    .action(async (files: string[], options: { readonly reporter: string }) => {
      const { lintCommand } = await import("./scenario-lint.js");
      finish(await lintCommand(files, options, host));
    });
  scenario
    .command("format")
    .description("Writes scenario files in one way: order of keys, quotes, spaces. Comments stay.")
    .argument("<file...>", "scenario files")
    .option("--check", "write nothing, say which would change")
    .action(async (files: string[], options: { readonly check?: boolean }) => {
      const { formatCommand } = await import("./scenario-format.js");
      finish(await formatCommand(files, options, host));
    });
  scenario
    .command("schema")
    .description("Prints the JSON Schema of scenario files (draft 2020-12).")
    .action(async () => {
      const { schemaCommand } = await import("./scenario-schema.js");
      await schemaCommand(host);
      finish(0);
    });
}
