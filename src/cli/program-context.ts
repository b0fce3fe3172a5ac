import { Option } from "commander";
import type { Host } from "./host.js";
import { builtInNames } from "./reporters/built-in.js";

export interface ProgramContext {
  readonly host: Host;
  /** The words after `--`; undefined when there was no `--`. */
  readonly command: readonly string[] | undefined;
  readonly finish: (exitCode: number) => void;
}

/** What commander leaves of it. */
export interface ReporterWords {
  readonly reporter?: readonly string[];
}

/** Of the commands that tell of runs: any number of reporters, each with a destination of its own. */
export function reportersOption(): Option {
  return repeatable(
    "--reporter <name[=file]>",
    `how to tell of it, and where to; repeatable: ${builtInNames.join(", ")}, or a module (default: default)`,
  );
}

/** An option that may be given several times: undefined, or each word as it came. */
export function repeatable(flags: string, description: string): Option {
  return new Option(flags, description).argParser((word: string, before: readonly string[] | undefined) => [
    ...(before ?? []),
    word,
  ]);
}

/** Of a command with a document of its own: `default` for people, `json` for machines. */
export function formatOption(): Option {
  return new Option("--reporter <name>", "what goes to stdout")
    .choices(["default", "json"])
    .default("default");
}
