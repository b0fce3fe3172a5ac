import type { Command } from "commander";
import { plantNames } from "../../gateway/plants/index.js";
import { pages } from "../../manual/pages.js";
import { criterionIds } from "../../model/verdict.js";
import { shippedNames } from "../../scenario/shipped.js";
import { candidatesFor, type Vocabulary } from "./completion-candidates.js";
import type { Host } from "../host.js";
import { shippedDir } from "../paths.js";
import { builtInNames } from "../reporters/built-in.js";

/** What a shell asks for at each TAB: a line for each word that may come next. */
export async function completeCommand(program: Command, typed: readonly string[], host: Host): Promise<void> {
  const words = vocabulary(await shippedNames(shippedDir), program);
  const lines = candidatesFor(program, typed, words).map(({ word, about }) =>
    about === undefined || about === "" ? word : `${word}\t${about}`,
  );
  host.stdout.write(lines.map((line) => `${line}\n`).join(""));
}

function vocabulary(scenarios: readonly string[], program: Command): Vocabulary {
  const files = [":files"];
  const folders = [":folders"];
  const options: Readonly<Record<string, readonly string[]>> = {
    "--plant": plantNames,
    "--plants": plantNames,
    "--reporter": builtInNames,
    "--explain": criterionIds,
    "--attach": ["port:", "pid:"],
    "--out": folders,
    "--folder": folders,
    "--baseline": folders,
    "--history": folders,
    "--series": files,
  };
  const own: Readonly<Record<string, readonly string[]>> = {
    "run scenario": [...scenarios, ...files],
    "plan scenario": [...scenarios, ...files],
    "lint file": [...scenarios, ...files],
    "shrink run": [...scenarios, ...files],
    // A shell would have to quote the others.
    "explain word": pages.map(({ word }) => word).filter((word) => !word.includes(" ")),
    "help command": program
      .createHelp()
      .visibleCommands(program)
      .map((command) => command.name()),
    "init dir": folders,
  };
  return {
    ofOption: (flag) => options[flag] ?? [],
    ofArgument: (command, argument) => own[`${command} ${argument}`] ?? files,
  };
}
