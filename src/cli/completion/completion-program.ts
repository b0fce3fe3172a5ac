import { Argument, type Command } from "commander";
import { completionScripts, type Shell, shells } from "./completion-scripts.js";
import type { ProgramContext } from "../program-context.js";

const completionHelp = `
Examples:
  source <(watertight completion bash)         in ~/.bashrc
  source <(watertight completion zsh)          in ~/.zshrc, after compinit
  watertight completion fish | source          in ~/.config/fish/config.fish

It completes commands, options and their values, scenarios, plants and files.
`;

/** Declares `watertight completion`, and what its scripts ask. */
export function addCompletion(program: Command, { host, command, finish }: ProgramContext): void {
  program
    .command("completion")
    .summary("print the completion script of a shell")
    .description("Prints the script that completes the words of watertight in a shell.")
    .addArgument(new Argument("<shell>", "which one").choices(shells))
    .addHelpText("after", completionHelp)
    .action((shell: Shell) => {
      host.stdout.write(completionScripts[shell]);
    });
  program.command("complete", { hidden: true }).action(async () => {
    const { completeCommand } = await import("./complete.js");
    await completeCommand(program, command ?? [], host);
    finish(0);
  });
}
